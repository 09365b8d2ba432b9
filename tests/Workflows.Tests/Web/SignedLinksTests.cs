using System.Text.RegularExpressions;
using Cohesion.Workflows.Web;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cohesion.Workflows.Tests.Web;

public sealed class SignedLinksTests
{
    private static readonly Instant Now = Instant.FromUtc(2027, 3, 3, 17, 0);

    private static readonly SignedLinks Links = new(KeyOf(1));

    private static readonly LinkGrant Granted = new("answer", "person-1", "cycle-1", "participant", 2, Now + Duration.FromDays(30));

    [Fact]
    public void What_was_granted_is_what_is_read() =>
        ForAll(Grants, grant => Links.Check(Links.Sign(grant), Instant.MinValue) == new LinkCheck.Valid(grant));

    [Fact]
    public void A_token_fits_a_link_and_needs_no_escaping() =>
        ForAll(Grants, grant => Regex.IsMatch(Links.Sign(grant), "^[A-Za-z0-9_.-]{1,512}$"));

    [Fact]
    public void A_usual_token_has_fewer_than_180_characters() =>
        Links.Sign(Granted with { Subject = new string('a', 26), Scope = new string('b', 26) }).Length.ShouldBeLessThan(180);

    [Fact]
    public void Any_single_changed_character_is_refused()
    {
        var token = Links.Sign(Granted);
        var changed =
            from at in Enumerable.Range(0, token.Length)
            from other in Enumerable.Range(0, 300).Select(code => (char)code)
            where other != token[at]
            select token[..at] + other + token[(at + 1)..];
        changed.ShouldAllBe(text => Refuses(text));
    }

    [Fact]
    public void Any_truncated_token_is_refused()
    {
        var token = Links.Sign(Granted);
        Enumerable.Range(0, token.Length).Select(length => token[..length]).ShouldAllBe(text => Refuses(text));
        Enumerable.Range(1, token.Length).Select(start => token[start..]).ShouldAllBe(text => Refuses(text));
    }

    [Fact]
    public void Any_extended_token_is_refused() =>
        "=A. \n".ShouldAllBe(more => Refuses(Links.Sign(Granted) + more) && Refuses(more + Links.Sign(Granted)));

    [Fact]
    public void The_parts_of_two_tokens_do_not_go_together()
    {
        var mine = Links.Sign(Granted).Split('.');
        var yours = Links.Sign(Granted with { Subject = "person-2" }).Split('.');
        Refuses($"{mine[0]}.{yours[1]}").ShouldBeTrue();
    }

    [Fact]
    public void A_token_is_expired_from_its_instant_on_and_says_whose_it_was()
    {
        var token = Links.Sign(Granted);
        Links.Check(token, Granted.Expires - Duration.FromSeconds(1)).ShouldBe(new LinkCheck.Valid(Granted));
        Links.Check(token, Granted.Expires).ShouldBe(new LinkCheck.Expired(Granted));
    }

    [Fact]
    public void A_changed_token_is_invalid_even_when_expired() =>
        Links.Check("A" + Links.Sign(Granted)[1..], Instant.MaxValue).ShouldBeOfType<LinkCheck.Invalid>();

    [Fact]
    public void Another_key_is_refused() =>
        ForAll(Grants, grant => Links.Check(new SignedLinks(KeyOf(2)).Sign(grant), Now) is LinkCheck.Invalid);

    [Fact]
    public void Garbage_of_any_kind_is_invalid_and_never_throws() =>
        ForAll(Garbage, Refuses);

    [Fact]
    public void No_token_at_all_is_invalid() => Refuses(null).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("Answer")]
    [InlineData("a|b")]
    public void A_part_that_is_no_id_text_is_not_signed(string part)
    {
        Should.Throw<FormatException>(() => Links.Sign(Granted with { Purpose = part }));
        Should.Throw<FormatException>(() => Links.Sign(Granted with { Role = part }));
    }

    [Fact]
    public void A_short_key_is_refused() => Should.Throw<ArgumentException>(() => new SignedLinks(new byte[31]));

    private static bool Refuses(string? token) => Links.Check(token, Now) is LinkCheck.Invalid;

    private static void ForAll<T>(Gen<T> values, Func<T, bool> holds) =>
        Prop.ForAll(values.ToArbitrary(), holds).QuickCheckThrowOnFailure();

    private static byte[] KeyOf(byte seed) => [.. Enumerable.Repeat(seed, 32)];

    private static Gen<string> Ids =>
        from length in Gen.Choose(1, 64)
        from characters in Gen.ArrayOf(Gen.Elements("abcdefghijklmnopqrstuvwxyz0123456789-".ToCharArray()), length)
        select new string(characters);

    private static Gen<LinkGrant> Grants =>
        from ids in Gen.ArrayOf(Ids, 4)
        from generation in ArbMap.Default.GeneratorFor<int>()
        from seconds in Gen.Choose(0, int.MaxValue)
        select new LinkGrant(ids[0], ids[1], ids[2], ids[3], generation, Instant.FromUnixTimeSeconds(seconds));

    // Any text; any text shaped like a token; any text around the 43 characters of a signature; and very long ones.
    private static Gen<string> Garbage
    {
        get
        {
            var texts = ArbMap.Default.GeneratorFor<UnicodeString>().Select(text => text.Get ?? "");
            var payloads = from text in texts select $"{text}.{Links.Sign(Granted).Split('.')[1]}";
            var unpaired = from count in Gen.Choose(0, 600) select new string('\uD800', count) + "." + new string('\uDC00', 43);
            var signatures = from text in texts select Links.Sign(Granted).Split('.')[0] + "." + text;
            return Gen.OneOf(texts, payloads, unpaired, signatures);
        }
    }
}
