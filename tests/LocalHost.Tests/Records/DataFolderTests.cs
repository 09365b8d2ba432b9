using Cohesion.Workflows.LocalHost.Records;
using Cohesion.Workflows.Records;
using Microsoft.Data.Sqlite;

namespace Cohesion.Workflows.LocalHost.Tests.Records;

public sealed class DataFolderTests : IDisposable
{
    private const string Elsewhere = "another folder.";

    private readonly TemporaryFolder _temporary = new();

    private string Database => _temporary.File("records.db");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_folder_that_is_missing_is_made_for_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var folder = DataFolder.Open(_temporary.File("new"));
        var store = folder.OpenRecords();
        await store.Commit([new RecordWrite.Put(Record.Of(new RecordKey("p", "a")))]);
        folder.KeyFile("links", 32);

        Modes(folder.Path).ShouldBe(["700", "600 keys/links", "600 lock", "600 records.db", "600 records.db-shm", "600 records.db-wal"]);
        Modes(System.IO.Path.Combine(folder.Path, "keys")).ShouldBe(["700", "600 links"]);
    }

    [Fact]
    public async Task A_second_holder_is_refused_until_the_first_lets_go()
    {
        await using (DataFolder.Open(_temporary.Path))
        {
            Should.Throw<DataFolderException>(() => DataFolder.Open(_temporary.Path)).Message.ShouldBe(
                $"Another process uses the folder '{_temporary.Path}'. Stop it, or start this one with --data and another folder.");
        }

        await using var next = DataFolder.Open(_temporary.Path);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(_temporary.File("taken"), "");

        Should.Throw<DataFolderException>(() => DataFolder.Open(_temporary.File("taken"))).Message.ShouldEndWith(Elsewhere);
        Should.Throw<DataFolderException>(() => DataFolder.Open(_temporary.File("taken/below"))).Message.ShouldEndWith(Elsewhere);
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_refused()
    {
        Directory.CreateDirectory(Database);

        await ShouldRefuse("cannot be created or written");
    }

    [Fact]
    public async Task Records_are_opened_once()
    {
        await using var folder = DataFolder.Open(_temporary.Path);
        folder.OpenRecords();

        Should.Throw<InvalidOperationException>(() => folder.OpenRecords());
    }

    [Fact]
    public async Task The_eight_posts_of_an_earlier_database_become_one()
    {
        await WriteRecords("post", "post-pace", "cycle-a");
        Change("""
            UPDATE record SET partition = CAST('post-0' || (CAST(row AS TEXT) % 8) AS BLOB) WHERE partition = CAST('post' AS BLOB);
            PRAGMA user_version = 1
            """);

        await using var folder = DataFolder.Open(_temporary.Path);
        var records = folder.OpenRecords();
        foreach (var partition in (string[])["post", "post-pace", "cycle-a"])
        {
            (await records.All(RowRange.Whole(partition)).CountAsync()).ShouldBe(100);
        }
    }

    [Fact]
    public async Task A_newer_database_is_refused_untouched()
    {
        await WriteRecords();
        Change("PRAGMA user_version = 1000");

        await ShouldRefuseUntouched("newer version");
    }

    [Fact]
    public async Task A_newer_database_that_was_killed_is_refused_with_its_log_untouched()
    {
        await WriteRecords();
        using var killed = new TemporaryFolder();
        using (var newer = RecordFile.OpenWriter(Database))
        {
            newer.Execute("PRAGMA user_version = 1000");
            File.Copy(Database, killed.File("records.db"));
            File.Copy(Database + "-wal", killed.File("records.db-wal"));
        }

        await ShouldRefuseUntouched("newer version", killed);
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused_untouched()
    {
        File.WriteAllText(Database, "");
        Change("CREATE TABLE theirs (id)");

        await ShouldRefuseUntouched("no database of Cohesion Workflows");
    }

    [Theory]
    [InlineData("This is a letter, not a database.")]
    [InlineData("x")]
    public async Task A_file_that_is_no_database_is_refused_untouched(string text)
    {
        File.WriteAllText(Database, text.PadRight(5_000));

        await ShouldRefuseUntouched("no database of Cohesion Workflows");
    }

    [Fact]
    public async Task A_database_with_a_damaged_page_is_refused_untouched()
    {
        await WriteRecords();
        var bytes = File.ReadAllBytes(Database);
        Random.Shared.NextBytes(bytes.AsSpan(bytes.Length - 4_096));
        File.WriteAllBytes(Database, bytes);

        await ShouldRefuseUntouched("damaged");
    }

    [Fact]
    public async Task A_database_that_lost_its_end_is_refused_untouched()
    {
        await WriteRecords();
        File.WriteAllBytes(Database, File.ReadAllBytes(Database)[..^4_096]);

        await ShouldRefuseUntouched("damaged");
    }

    [Fact]
    public async Task A_key_is_made_once_and_kept()
    {
        byte[] key;
        await using (var folder = DataFolder.Open(_temporary.Path))
        {
            key = folder.KeyFile("links", 32);
            folder.KeyFile("survey", 32).ShouldNotBe(key);
        }

        await using var again = DataFolder.Open(_temporary.Path);
        again.KeyFile("links", 32).ShouldBe(key);
        key.Length.ShouldBe(32);
    }

    [Fact]
    public async Task Many_who_ask_for_a_new_key_at_once_get_the_same()
    {
        await using var folder = DataFolder.Open(_temporary.Path);
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => folder.KeyFile("links", 32))));

        keys.ShouldAllBe(key => key.SequenceEqual(keys[0]));
    }

    [Fact]
    public async Task A_key_that_was_cut_short_is_refused_not_replaced()
    {
        await using var folder = DataFolder.Open(_temporary.Path);
        folder.KeyFile("links", 32);
        File.WriteAllBytes(_temporary.File("keys/links"), new byte[31]);

        Should.Throw<DataFolderException>(() => folder.KeyFile("links", 32)).Message.ShouldContain("should have 32 bytes, not 31");
    }

    [Fact]
    public async Task What_a_kill_left_of_a_new_key_does_not_count()
    {
        await using var folder = DataFolder.Open(_temporary.Path);
        Directory.CreateDirectory(_temporary.File("keys"));
        File.WriteAllBytes(_temporary.File("keys/links.new"), new byte[100]);

        folder.KeyFile("links", 32).Length.ShouldBe(32);
    }

    [Theory]
    [InlineData("../records.db")]
    [InlineData("")]
    public async Task A_key_has_an_id_for_its_name(string name)
    {
        await using var folder = DataFolder.Open(_temporary.Path);

        Should.Throw<FormatException>(() => folder.KeyFile(name, 32));
    }

    private async Task WriteRecords(params string[] partitions)
    {
        await using var folder = DataFolder.Open(_temporary.Path);
        var store = folder.OpenRecords();
        var text = new string('x', 500);
        foreach (var partition in partitions.DefaultIfEmpty("p"))
        {
            var records = Enumerable.Range(0, 100).Select(i => Record.Of(new RecordKey(partition, $"{i}"), ("Text", text)));
            await store.Commit([.. records.Select(record => new RecordWrite.Put(record))]);
        }
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        connection.Execute(sql);
    }

    private async Task ShouldRefuseUntouched(string reason, TemporaryFolder? at = null)
    {
        var folder = at ?? _temporary;
        var before = Contents(folder);
        await ShouldRefuse(reason, folder);

        Contents(folder).ShouldBe(before);
    }

    private async Task ShouldRefuse(string reason, TemporaryFolder? at = null)
    {
        await using var folder = DataFolder.Open((at ?? _temporary).Path);
        var refusal = Should.Throw<DataFolderException>(() => folder.OpenRecords()).Message;
        refusal.ShouldContain(reason);
        refusal.ShouldEndWith(Elsewhere);
    }

    /// <summary>What matters of the folder: the lock is no content, nor is the log's index, nor an empty log.</summary>
    private static List<string> Contents(TemporaryFolder folder) =>
    [
        .. Directory.GetFiles(folder.Path, "records.db*")
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal) && new FileInfo(file).Length > 0)
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];

    private static List<string> Modes(string folder) =>
    [
        Mode(folder),
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => $"{Mode(file)} {System.IO.Path.GetRelativePath(folder, file)}")
            .OrderBy(line => line, StringComparer.Ordinal),
    ];

    private static string Mode(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
