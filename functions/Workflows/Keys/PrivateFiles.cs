namespace Cohesion.Workflows.Keys;

/// <summary>Files and folders that, where they are made, nobody but their user may read.</summary>
public static class PrivateFiles
{
    private const UnixFileMode UserAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static FileStream Open(string file, FileMode mode, FileAccess access = FileAccess.ReadWrite, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UserAlone;
        }

        return new FileStream(file, options);
    }

    /// <summary>A folder that stands there keeps its mode: it may serve others too, and the files in it are private.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UserAlone | UnixFileMode.UserExecute);
        }
    }
}
