using Cohesion.Workflows.Records;

namespace Cohesion.Workflows.Testing;

public abstract partial class RecordStoreCompliance
{
    private const int PropertyLength = RecordLimits.PropertyBytes / 2;

    [Fact]
    public async Task A_transaction_has_at_most_100_writes()
    {
        await ShouldAccept(Inserts(RecordLimits.WritesPerTransaction));
        await ShouldRefuse(Inserts(RecordLimits.WritesPerTransaction + 1, prefix: "over"));
    }

    [Fact]
    public async Task A_transaction_has_at_most_4_MiB()
    {
        await ShouldAccept([.. Enumerable.Range(0, 7).Select(i => Sized($"{i}", RecordLimits.RecordBytes))]);
        await ShouldRefuse([.. Enumerable.Range(8, 8).Select(i => Sized($"{i}", RecordLimits.RecordBytes))]);
    }

    /// <summary>What stands in the store as two bytes goes over the wire as six.</summary>
    [Fact]
    public async Task A_transaction_of_accented_letters_has_fewer_of_them()
    {
        await ShouldAccept(Sized("a", RecordLimits.RecordBytes, 'é'));
        await ShouldRefuse(Sized("b", RecordLimits.RecordBytes, 'é'), Sized("c", RecordLimits.RecordBytes, 'é'));
    }

    [Fact]
    public async Task A_record_has_at_most_1_MiB()
    {
        await ShouldAccept(Sized("a", RecordLimits.RecordBytes));
        await ShouldRefuse(Sized("b", RecordLimits.RecordBytes + 2));
    }

    [Fact]
    public async Task A_property_has_at_most_64_KiB()
    {
        await ShouldAccept(Insert("a", ("Text", new string('é', PropertyLength))));
        await ShouldRefuse(Insert("b", ("Text", new string('é', PropertyLength + 1))));
    }

    [Fact]
    public async Task A_record_has_at_most_252_properties()
    {
        await ShouldAccept(Insert("a", Many(RecordLimits.Properties)));
        await ShouldRefuse(Insert("b", Many(RecordLimits.Properties + 1)));
    }

    [Fact]
    public async Task A_key_has_at_most_512_characters()
    {
        await ShouldAccept(Insert(new string('é', RecordLimits.KeyLength)));
        await ShouldRefuse(Insert(new string('é', RecordLimits.KeyLength + 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("two words")]
    [InlineData("a-b")]
    [InlineData("é")]
    [InlineData("PartitionKey")]
    [InlineData("RowKey")]
    [InlineData("Timestamp")]
    public Task A_property_name_is_an_identifier(string name) => ShouldRefuse(Insert("a", (name, "text")));

    [Fact]
    public Task An_empty_transaction_is_refused() => ShouldRefuse();

    [Fact]
    public Task A_transaction_across_two_partitions_is_refused() =>
        ShouldRefuse(Insert("a"), new RecordWrite.Insert(Record.Of(new RecordKey(_partition + "2", "b"))));

    [Fact]
    public async Task A_transaction_that_writes_a_key_twice_is_refused()
    {
        await ShouldRefuse(Insert("a"), Insert("a"));
        await ShouldRefuse(Insert("a"), new RecordWrite.Delete(Key("a"), null));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\0b")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u009Fb")]
    public async Task A_key_with_a_forbidden_character_is_refused_and_fits_when_escaped(string row)
    {
        await ShouldRefuse(Insert(row));
        await Should.ThrowAsync<RecordRefusedException>(() => Store.Find(Key(row)));

        await ShouldAccept(Insert(RecordLimits.Escape(row)));
        (await Rows(RowRange.Whole(_partition))).ShouldBe([RecordLimits.Escape(row)]);
    }

    /// <summary>Not a theory: a test's name and arguments travel as UTF-8, which has no half of a pair.</summary>
    [Fact]
    public async Task Half_of_a_surrogate_pair_is_refused()
    {
        await ShouldRefuse(Insert("a\uD83D"));
        await ShouldRefuse(Insert("\uDE00a"));
        await ShouldRefuse(Insert("a", ("Text", "😀"[..1])));
    }

    [Fact]
    public async Task A_partition_that_is_too_long_cannot_be_read()
    {
        var partition = new string('p', RecordLimits.KeyLength + 1);

        await Should.ThrowAsync<RecordRefusedException>(() => Store.Find(new RecordKey(partition, "a")));
        await Should.ThrowAsync<RecordRefusedException>(() => Store.Query(RowRange.Whole(partition)));
    }

    [Theory]
    [InlineData("O'Brien ''")]
    [InlineData("\"quoted\"")]
    [InlineData(" two  words ")]
    [InlineData("100%")]
    [InlineData("%41")]
    [InlineData("a+b&c=d;e")]
    [InlineData("xʷməθkʷəy̓əm")]
    [InlineData("😀")]
    [InlineData("é and é")]
    [InlineData("$row")]
    public async Task A_key_and_a_text_are_kept_to_the_letter(string text)
    {
        await ShouldAccept(Insert(text, ("Text", text)), Insert(text + "2"));

        (await Store.Find(Key(text)))!["Text"].ShouldBe(text);
        (await Rows(new RowRange(_partition, text, text + "2"))).ShouldBe([text]);
    }

    [Fact]
    public async Task A_text_may_hold_what_a_key_may_not()
    {
        const string text = "line\r\nline\t </script> \\ \" \u2028 \uFEFF 👩🏽‍⚕️";
        await ShouldAccept(Insert("a", ("Text", text)));

        (await Store.Find(Key("a")))!["Text"].ShouldBe(text);
    }

    private async Task ShouldAccept(params RecordWrite[] writes)
    {
        await Store.Commit(writes);
        foreach (var write in writes)
        {
            (await Store.Find(write.Key))!.Key.ShouldBe(write.Key);
        }
    }

    private async Task ShouldRefuse(params RecordWrite[] writes)
    {
        var before = await Rows(RowRange.Whole(_partition));
        await Should.ThrowAsync<RecordRefusedException>(() => Store.Commit(writes));

        (await Rows(RowRange.Whole(_partition))).ShouldBe(before);
    }

    private RecordWrite.Insert Insert(string row, params ReadOnlySpan<(string Name, string Text)> properties) => new(Row(row, properties));

    private RecordWrite[] Inserts(int count, string prefix = "") => [.. Enumerable.Range(0, count).Select(i => Insert($"{prefix}{i}"))];

    /// <summary>A record of so many bytes: 15 full properties, and the rest in two.</summary>
    private RecordWrite.Insert Sized(string row, int bytes, char letter = 'x')
    {
        var full = Enumerable.Range(0, 15).Select(i => ($"P{(char)('a' + i)}", new string(letter, PropertyLength))).ToList();
        var rest = bytes / 2 - _partition.Length - row.Length - full.Sum(property => 2 + PropertyLength) - 2 * 2;
        return Insert(row, [.. full, ("Py", new string(letter, rest / 2)), ("Pz", new string(letter, rest - rest / 2))]);
    }

    private static (string Name, string Text)[] Many(int properties) => [.. Enumerable.Range(0, properties).Select(i => ($"P{i}", "text"))];
}
