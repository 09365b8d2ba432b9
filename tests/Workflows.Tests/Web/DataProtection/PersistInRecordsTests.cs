using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Xml.Linq;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web.DataProtection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cohesion.Workflows.Tests.Web.DataProtection;

public sealed class PersistInRecordsTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly FewRecords records = new();

    [Fact]
    public void What_one_host_protects_the_next_one_reads()
    {
        var text = ProtectorOf(Secret).Protect("said by phone");
        ProtectorOf(Secret).Unprotect(text).ShouldBe("said by phone");
        records.All.Count.ShouldBe(1);
    }

    [Fact]
    public void Without_the_records_nothing_is_read()
    {
        var text = ProtectorOf(Secret).Protect("said by phone");
        records.All = records.All.Clear();
        Should.Throw<CryptographicException>(() => ProtectorOf(Secret).Unprotect(text));
    }

    [Fact]
    public void Another_wrapping_key_reads_nothing()
    {
        var text = ProtectorOf(Secret).Protect("said by phone");
        Should.Throw<CryptographicException>(() => ProtectorOf(RandomNumberGenerator.GetBytes(32)).Unprotect(text));
    }

    [Fact]
    public void The_records_hold_no_key_that_is_not_wrapped()
    {
        ProtectorOf(Secret).Protect("said by phone");
        var xml = records.All.Values.Single()["xml"];
        xml.ShouldNotContain("masterKey");
        XElement.Parse(xml).Descendants("wrapped").ShouldHaveSingleItem();
    }

    // What stands in the records for ever: see the remark on the class.
    [Fact]
    public void A_key_names_its_decryptor_by_a_name_that_stays()
    {
        ProtectorOf(Secret).Protect("said by phone");
        records.All.Values.Single()["xml"]
            .ShouldContain("decryptorType=\"Cohesion.Workflows.Web.DataProtection.WrappedKeyDecryptor, Cohesion.Workflows, ");
    }

    [Fact]
    public void A_changed_key_is_refused()
    {
        var key = new WrappingKey(Secret);
        var wrapped = new WrappedKeyEncryptor(key).Encrypt(new XElement("key", "value")).EncryptedElement;
        var bytes = Convert.FromBase64String(wrapped.Value);
        bytes[^1] ^= 1;
        wrapped.Value = Convert.ToBase64String(bytes);
        Should.Throw<CryptographicException>(() => new WrappedKeyDecryptor(ServicesOf(Secret)).Decrypt(wrapped));
    }

    [Fact]
    public void A_name_is_escaped_and_every_page_is_read()
    {
        var repository = new RecordXmlRepository(records);
        repository.StoreElement(new XElement("a"), "key/1");
        repository.StoreElement(new XElement("b"), "key 2");
        repository.GetAllElements().Select(element => element.Name.LocalName).ShouldBe(["a", "b"], ignoreOrder: true);
        records.All.Keys.Select(key => key.Row).ShouldContain("key%2F1");
    }

    [Fact]
    public void An_element_keeps_its_spaces()
    {
        var repository = new RecordXmlRepository(records);
        repository.StoreElement(new XElement("a", new XElement("b", " 1 ")), "key");
        repository.GetAllElements().ShouldHaveSingleItem().Element("b")!.Value.ShouldBe(" 1 ");
    }

    [Fact]
    public void A_short_wrapping_key_is_refused() => Should.Throw<ArgumentException>(() => new WrappingKey(new byte[16]));

    [Fact]
    public void The_keys_belong_to_the_product_not_to_a_path() =>
        ServicesOf(Secret).GetRequiredService<IOptions<DataProtectionOptions>>()
            .Value.ApplicationDiscriminator.ShouldBe("cohesion-workflows");

    private IDataProtector ProtectorOf(byte[] wrappingKey) => ServicesOf(wrappingKey).GetDataProtector("test");

    private ServiceProvider ServicesOf(byte[] wrappingKey)
    {
        var services = new ServiceCollection().AddSingleton<IRecordStore>(records).AddSingleton(new WrappingKey(wrappingKey));
        services.AddDataProtection().PersistInRecords();
        return services.BuildServiceProvider();
    }

    // Only what the repository uses, with pages of one record.
    private sealed class FewRecords : IRecordStore
    {
        public ImmutableDictionary<RecordKey, Record> All { get; set; } = ImmutableDictionary<RecordKey, Record>.Empty;

        public Task<Record?> Find(RecordKey key, CancellationToken cancel = default) => throw new NotSupportedException();

        public Task<RecordPage> Query(RowRange range, string? continuation = null, CancellationToken cancel = default)
        {
            var rest = All.Values
                .Where(record => record.Key.Partition == range.Partition)
                .OrderBy(record => record.Key.Row, StringComparer.Ordinal)
                .SkipWhile(record => string.CompareOrdinal(record.Key.Row, continuation) <= 0)
                .ToList();
            return Task.FromResult(new RecordPage(rest[..Math.Min(1, rest.Count)], rest.Count > 1 ? rest[0].Key.Row : null));
        }

        public Task<IReadOnlyList<string?>> Commit(IReadOnlyList<RecordWrite> writes, CancellationToken cancel = default)
        {
            RecordLimits.CheckTransaction(writes);
            All = All.SetItems(writes.Cast<RecordWrite.Put>().Select(put => KeyValuePair.Create(put.Key, put.Record)));
            return Task.FromResult<IReadOnlyList<string?>>([.. writes.Select(_ => "1")]);
        }
    }
}
