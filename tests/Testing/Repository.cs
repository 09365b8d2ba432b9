namespace Cohesion.Workflows.Testing;

/// <summary>The repository that the tests were built in, for tests of the files in it.</summary>
public static class Repository
{
    /// <summary>Set to 1 it makes a test that compares a generated file write that file instead.</summary>
    public const string Approve = "COHESION_APPROVE";

    public static string Root { get; } = FindRoot();

    public static bool Approves => Environment.GetEnvironmentVariable(Approve) == "1";

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string[] Lines(string path) => File.ReadAllLines(PathOf(path));

    /// <summary>Files below a folder, but not what a build put there; relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Cohesion.Workflows.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
