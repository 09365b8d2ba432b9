using Cohesion.Workflows.Records;
using System.Security.Cryptography;
using System.Text;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using FsCheck;
using FsCheck.Fluent;

namespace Cohesion.Workflows.Tests.Stages.SurveyCollection.Sealing;

public sealed class SealedAnswerTests
{
    private const string Round = "cycle-1-survey-1";

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void What_was_sealed_is_what_is_opened() =>
        ForAll(Answers, answer => SealedAnswer.Open(Key, SealedAnswer.Seal(Key, answer, Round), Round) == answer);

    [Theory]
    [InlineData(0)]
    [InlineData(4094)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(20_479)]
    public void An_answer_of_any_length_comes_back_whole(int length)
    {
        var answer = new string('x', length);
        SealedAnswer.Open(Key, SealedAnswer.Seal(Key, answer, Round), Round).ShouldBe(answer);
    }

    [Fact]
    public void Half_a_surrogate_pair_does_not_lose_the_answer() =>
        SealedAnswer.Open(Key, SealedAnswer.Seal(Key, "more\uD800 time", Round), Round).ShouldBe("more\uFFFD time");

    [Fact]
    public void The_length_does_not_tell_who_wrote_a_comment() =>
        ForAll(Gen.Choose(0, 4095), length => SealedAnswer.Seal(Key, new string('x', length), Round).Length == 5499);

    [Fact]
    public void The_longest_answer_fits_a_property() =>
        (2 * SealedAnswer.Seal(Key, new string('x', 20_479), Round).Length).ShouldBeLessThanOrEqualTo(RecordLimits.PropertyBytes);

    [Fact]
    public void The_same_answer_is_sealed_differently_each_time() =>
        SealedAnswer.Seal(Key, "yes", Round).ShouldNotBe(SealedAnswer.Seal(Key, "yes", Round));

    [Fact]
    public void A_sealed_answer_with_any_bit_changed_is_refused()
    {
        var bytes = Convert.FromBase64String(Padded(SealedAnswer.Seal(Key, "yes", Round)));
        ForAll(Gen.Choose(0, bytes.Length * 8 - 1), bit => Refuses(TextOf(WithBitChanged(bytes, bit)), Key, Round));
    }

    [Fact]
    public void A_sealed_answer_cut_short_is_refused()
    {
        var text = SealedAnswer.Seal(Key, "yes", Round);
        ForAll(Gen.Choose(0, text.Length - 1), length => Refuses(text[..length], Key, Round));
    }

    [Fact]
    public void What_is_no_sealed_answer_at_all_is_refused() => ForAll(Answers, text => Refuses(text, Key, Round));

    [Fact]
    public void Another_key_opens_nothing()
    {
        var text = SealedAnswer.Seal(Key, "yes", Round);
        Refuses(text, RandomNumberGenerator.GetBytes(32), Round).ShouldBeTrue();
        Refuses(text, Key[..16], Round).ShouldBeTrue();
    }

    [Fact]
    public void An_answer_does_not_open_in_another_round() =>
        Refuses(SealedAnswer.Seal(Key, "yes", Round), Key, "cycle-1-survey-2").ShouldBeTrue();

    private static bool Refuses(string text, byte[] key, string round)
    {
        try
        {
            SealedAnswer.Open(key, text, round);
            return false;
        }
        catch (CryptographicException)
        {
            return true;
        }
    }

    private static byte[] WithBitChanged(byte[] bytes, int bit)
    {
        byte[] changed = [.. bytes];
        changed[bit / 8] ^= (byte)(1 << bit % 8);
        return changed;
    }

    private static string TextOf(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static string Padded(string text) => text.Replace('-', '+').Replace('_', '/') + "===="[..((4 - text.Length % 4) % 4)];

    private static Gen<string> Answers =>
        from runes in Gen.ArrayOf(Gen.Choose(0, 0x10FFFF).Where(Rune.IsValid))
        select string.Concat(runes.Select(char.ConvertFromUtf32));

    private static void ForAll<T>(Gen<T> values, Func<T, bool> holds) =>
        Prop.ForAll(values.ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
