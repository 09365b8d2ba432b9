using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

/// <summary>The world starts on Tuesday, 2 February 2027, at 11:00.</summary>
public sealed class WhenMailGoesOutTests
{
    private const string Lead = "Lead 1";
    private const string Coach = "Coach 1";

    [Fact]
    public async Task A_reminder_of_Saturday_goes_out_on_Monday_at_eight()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        await process.At("2027-02-06T09:00");
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask"]);

        (await NextDue(process)).ShouldBe(Townsfolk.Local("2027-02-08T08:00"));
        (await process.Pass()).ShouldBeFalse();
        await process.At("2027-02-08T08:00");
        process.Delivered(Lead).ShouldBe(["case-study-selection.ask.r1-ask", "case-study-selection.ask.r1-reminder-1"]);
    }

    [Fact]
    public async Task What_comes_in_after_the_mail_of_the_day_waits_and_comes_in_one_mail()
    {
        using var process = await OneProcess.KickedOff();
        await AskForACoach(process, 1);
        await process.SendAll();
        Mails(process, Coach).ShouldBe([2]);

        await AskForACoach(process, 3);
        await process.SendAll();
        Mails(process, Coach).ShouldBe([2]);
        (await NextDue(process)).ShouldBe(Townsfolk.Local("2027-02-03T08:00"));
        await process.At("2027-02-03T08:00");
        Mails(process, Coach).ShouldBe([2, 2]);
    }

    [Fact]
    public async Task What_the_letters_of_a_mail_have_in_common_it_says_once()
    {
        using var process = await OneProcess.KickedOff();
        await AskForACoach(process, 3);
        await process.SendAll();
        Mails(process, Coach).ShouldBe([4]);
        var mail = MailTo(process, Coach);
        string[] inCommon =
        [
            "Hello Coach 1,", "Bowen Island: a new task for you", "Please make the first contact", "Open your tasks", "Your board", "You get this because",
        ];
        foreach (var common in inCommon)
        {
            mail.Text.Split(common).Length.ShouldBe(2, common);
            mail.Html.Split("<body")[1].Split(common).Length.ShouldBe(2, common);
        }

        mail.Text.ShouldContain("Asker 1 was");
        mail.Text.ShouldContain("Asker 3 was");
    }

    [Fact]
    public async Task What_does_not_fit_one_mail_goes_out_in_the_next_one_at_the_same_time()
    {
        using var process = await OneProcess.KickedOff();
        await AskForACoach(process, 24);
        await process.SendAll();
        Mails(process, Coach).ShouldBe([10, 10, 5]);
        process.Mail.Delivered.ToList().ForEach(mail => Laws.MustBeShort(mail.Mail));
    }

    [Fact]
    public async Task What_cannot_wait_goes_out_at_night_and_alone()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        process.Clock.MoveTo(Townsfolk.Local("2027-02-06T23:00"));
        await process.Turn();
        var lead = (await process.Snapshot()).Members(Role.DivisionLead)[0];
        await process.Product.Get<PostOffice>().Insert([SignIn(lead, 1), SignIn(lead, 2)], process.Clock.Now);
        await process.SendAll();

        Mails(process, Lead).ShouldBe([1, 1, 1]);
        process.Delivered(Lead).Skip(1).ShouldBe(["-.sign-in.minute-1", "-.sign-in.minute-2"], ignoreOrder: true);
        (await NextDue(process)).ShouldBe(Townsfolk.Local("2027-02-08T08:00"));
    }

    [Fact]
    public async Task A_coordinator_gets_one_mail_in_the_morning_for_all_communities()
    {
        using var process = await OneProcess.KickedOff();
        await process.SendAll();
        var other = await Another(process);
        process.Clock.MoveTo(Townsfolk.Local("2027-02-12T17:03"));
        await process.Turn();
        await process.Product.Get<Turn>().Take(other);
        await process.SendAll();
        process.Delivered(Townsfolk.Coordinator).ShouldBeEmpty();

        process.Clock.MoveTo(Townsfolk.Local("2027-02-16T08:00"));
        await process.Product.Get<Turn>().Take(other);
        await process.Turn();
        await process.SendAll();
        process.Mail.Delivered.Single(mail => mail.Mail.Name == Townsfolk.Coordinator).Messages.Select(key => key.Cycle).ShouldBeUnique();
        Mails(process, Townsfolk.Coordinator).ShouldBe([2]);
        var text = MailTo(process, Townsfolk.Coordinator).Text;
        text.ShouldContain("Bowen Island: a deadline moved by a day\n");
        text.ShouldContain("Otter Point: a deadline moved by a day\n");
    }

    [Fact]
    public async Task A_mail_that_was_begun_and_lost_waits_for_the_morning_too_and_holds_up_nothing_that_cannot_wait()
    {
        using var process = await OneProcess.KickedOff();
        process.Mail.IsAway = _ => true;
        await process.SendAll();
        process.Mail.IsAway = _ => false;
        process.Clock.MoveTo(Townsfolk.Local("2027-02-02T22:00"));
        var lead = (await process.Snapshot()).Members(Role.DivisionLead)[0];
        await process.Product.Get<PostOffice>().Insert([SignIn(lead, 1)], process.Clock.Now);
        await process.SendAll();
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-1"]);

        await process.At("2027-02-03T08:00");
        process.Delivered(Lead).ShouldBe(["-.sign-in.minute-1", "case-study-selection.ask.r1-ask"]);
    }

    [Fact]
    public async Task In_a_mail_what_asks_something_comes_before_what_tells_something()
    {
        using var process = await OneProcess.KickedOff();
        await AskForACoach(process, 1);
        await process.At("2027-02-12T10:00");
        await process.Record(cycle => new DeadlineSet(StageIds.CaseStudySelection, 1, Townsfolk.Local("2027-02-20T17:00"), Moved: 1));
        await process.Turn();
        await process.At("2027-02-16T08:00");
        process.Delivered(Townsfolk.Coordinator).Select(key => key.Split('.')[1]).ShouldBe(["overdue", "overdue", "deadline-moved"]);
    }

    private static MessageKey SignIn(PersonId person, int minute) => new(MessageKey.None, MessageKey.None, "sign-in", person, $"minute-{minute}");

    /// <summary>How many messages are in each of a person's mails.</summary>
    private static IEnumerable<int> Mails(OneProcess process, string name) =>
        process.Mail.Delivered.Where(mail => mail.Mail.Name == name).Select(mail => mail.Messages.Count);

    private static Mail MailTo(OneProcess process, string name) => process.Mail.Delivered.Single(mail => mail.Mail.Name == name).Mail;

    private static async Task AskForACoach(OneProcess process, int people)
    {
        var now = process.Clock.Now;
        var asked = new List<Fact>();
        for (var n = 1; n <= people; n++)
        {
            var person = await process.Product.Get<People>().FindOrAdd($"Asker {n}", $"asker{n}@example.test", Townsfolk.Zone);
            asked.Add(new CoachRequested(1, person, person, now));
        }

        var isFirst = (await process.Snapshot()).RoundOf(StageIds.CoachingFollowUp) is null;
        await process.Product.Get<Intake>().Record(process.Cycle, isFirst ? [.. await Afterwards(process), .. asked] : asked);
        await process.Turn();
    }

    /// <summary>After the session, where somebody was whom no mail reaches, so that the survey stays open.</summary>
    private static async Task<IEnumerable<Fact>> Afterwards(OneProcess process)
    {
        var silent = (await process.Snapshot()).Members(Role.Participant)[0];
        var address = (await process.Product.Get<People>().Get(silent)).Address;
        await process.Product.Get<BouncedAddresses>().Add(address, new Bounce("", process.Clock.Now));
        return
        [
            new SessionDated(StageIds.Scheduling, 1, World.Start, new LocalDateTime(2027, 2, 1, 18, 0), Townsfolk.Zone),
            new StageOpened(StageIds.Attendance, 1, World.Start),
            new Attended(1, silent, Was: true, silent, World.Start),
            new AttendanceListed(1, silent, silent, World.Start),
            new AttendanceConfirmed(StageIds.Attendance, 1, World.Start),
            new StageOpened(StageIds.CoachingFollowUp, 1, World.Start),
        ];
    }

    private static async Task<CycleId> Another(OneProcess process)
    {
        var coordinator = (await process.Snapshot()).Coordinator;
        var other = await process.Product.Get<KickOffs>().Start(Townsfolk.KickOff(coordinator, 2, 3) with { Nonce = "another", Community = "Otter Point" });
        await process.Product.Get<Turn>().Take(other!.Value);
        return other.Value;
    }

    private static async Task<Instant?> NextDue(OneProcess process) => await process.Product.Get<PostOffice>().NextDue();
}
