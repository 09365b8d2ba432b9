using System.Globalization;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Tests.Walking;
using Cohesion.Workflows.Walking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>Several letters as one mail.</summary>
public sealed class LetterDeskTests
{
    private static readonly LetterButton Button = new("Open the community", new Uri("https://cohesion.example.test/cycles/one"));

    /// <summary>The same deadline moved twice before the mail went out.</summary>
    [Fact]
    public async Task Letters_that_say_the_same_are_one_with_one_heading_and_all_count_as_sent()
    {
        var mail = await Write(Letter("it moved", "Thursday now."), Letter("it moved", "Thursday now."));
        mail.Messages.Count.ShouldBe(2);
        mail.Mail.Subject.ShouldBe("it moved");
        LetterText.Count(mail.Mail.Text).ShouldBe(1);
        mail.Mail.Text.ShouldStartWith("Hello Lead 1,\n\nThursday now.\n\nOpen the community:");
    }

    [Fact]
    public async Task Beside_another_they_are_under_one_heading_with_nothing_empty_between()
    {
        var mail = (await Write(Letter("it moved", "Thursday now."), Letter("it moved", "Thursday now."), Letter("a place", "The hall."))).Mail;
        mail.Subject.ShouldBe("it moved (and 1 more)");
        mail.Text.ShouldStartWith("Hello Lead 1,\n\nit moved\n\nThursday now.\n\nOpen the community:");
        LetterText.Count(mail.Text).ShouldBe(2);
        mail.Html.Split("Thursday now.").Length.ShouldBe(3, "once in the body, once in what a mailbox shows beside the subject");
    }

    [Fact]
    public async Task What_one_says_beyond_the_other_stays()
    {
        var text = (await Write(Letter("a coach", "Ada asked.", "Please call."), Letter("a coach", "Bo asked.", "Please call."))).Mail.Text;
        text.ShouldContain("Ada asked.\n\n----\n\nBo asked.\n\nPlease call.");
    }

    private static Letter Letter(string subject, params string[] paragraphs) => new(subject, [.. paragraphs], [Button]);

    private static async Task<WrittenMail> Write(params Letter[] letters)
    {
        using var process = await OneProcess.KickedOff();
        using var services = new ServiceCollection().BuildServiceProvider();
        var (product, lead) = (process.Product, await process.Lead());
        var desk = new LetterDesk(
            [new Given(letters)],
            product.Get<People>(),
            product.Get<Correspondence>(),
            product.Get<ILinks>(),
            product.Get<PublicAddress>(),
            product.Get<ProgrammeVersions>(),
            services.GetRequiredService<IServiceScopeFactory>(),
            NullLoggerFactory.Instance);
        var keys = letters.Select((_, n) => new MessageKey(process.Cycle.Value, Given.OfStage, "given", lead.Id, $"{n}")).ToList();
        var cycles = new CyclesAtNow(product.Get<CycleRecords>(), product.Get<Wakes>(), product.Get<Refusals>(), process.Clock);
        return await desk.Write(Guid.Empty, lead, lead, keys, cycles, CancellationToken.None);
    }

    private sealed class Given(Letter[] letters) : ILetterWriter
    {
        public const string OfStage = "wrap-up";

        public string Stage => OfStage;

        public Haste HasteOf(MessageKey key, LetterContext context) => Haste.Tells;

        public Task<Letter> Write(MessageKey key, LetterContext context, CancellationToken cancel) => Task.FromResult(letters[int.Parse(key.Occasion, CultureInfo.InvariantCulture)]);
    }
}
