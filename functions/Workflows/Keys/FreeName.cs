using System.Runtime.InteropServices;

namespace Cohesion.Workflows.Keys;

/// <summary>
/// Renames a file only where nothing has the new name, in one step. <see cref="File.Move(string, string, bool)"/> does not, on
/// Unix: it looks first and renames then, and of two at once the later takes the earlier's place.
/// </summary>
public static class FreeName
{
    // EEXIST in errno.h of Linux and macOS.
    private const int Exists = 17;

    /// <summary>On Unix the file keeps its old name as well.</summary>
    /// <returns>False where the name is taken.</returns>
    /// <exception cref="IOException">It failed for another reason.</exception>
    public static bool TryTake(string name, string file) =>
        OperatingSystem.IsWindows() ? TryMove(file, name) : TryLink(file, name);

    private static bool TryLink(string file, string name)
    {
        if (Link(file, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Exists ? false : throw new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private static bool TryMove(string file, string name)
    {
        try
        {
            File.Move(file, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
