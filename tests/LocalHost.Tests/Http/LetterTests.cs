using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Testing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

/// <summary>Letters that are sent when something does not go as it mostly does, as they are read.</summary>
public sealed class LetterTests : BeforeASession
{
    private static readonly LocalDateTime[] Slots = [new(2027, 5, 26, 18, 0), new(2027, 5, 27, 18, 0)];

    [Fact]
    public async Task Where_no_date_fits_the_coordinator_reads_which_and_why_and_from_when_on_others_can_be()
    {
        await Propose();
        var cycle = await Snapshot();
        await Record(cycle.Choosers().Select(one => new SlotsMarked(1, one, [], one, Host.Now)));
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        var text = await Read("Robin Marsh", "Cedar Inlet: no date fits; please propose others");
        text.ShouldContain("None of these dates can be: Wed 26 May, Thu 27 May. Nobody who leads the session can come, or too little time is left to invite. Please propose up to 3 others.");
        text.ShouldContain("The first possible day is ");
        text.ShouldContain("Propose dates:\nhttp");
    }

    [Fact]
    public async Task Of_a_session_that_was_postponed_the_mail_that_asks_for_dates_says_so_in_its_subject()
    {
        await Invite();
        await Host.StepTo(At(Session) - Duration.FromDays(13));
        using var lead = await As("Lee Larsen", GoForm.Page, Role.DivisionLead);
        await lead.Press("Postpone it");
        await lead.Press("Yes, postpone it");
        await Host.StepTo(Host.Now + Duration.FromDays(1));
        (await Read("Robin Marsh", "Cedar Inlet: postponed; please propose new dates"))
            .ShouldContain("The session on Tue 25 May is postponed. Please propose up to 3 new dates");
    }

    [Fact]
    public async Task While_nobody_has_marked_a_date_the_reminder_says_that_and_not_how_many_have()
    {
        await Propose();
        await Host.StepTo(Host.Now + Duration.FromDays(4));
        var text = await Read("Kim Coach", "Cedar Inlet: your dates for the session are missing");
        text.ShouldContain("Nobody has marked a date yet, and without that none can be fixed. Which of these can you make: Wednesday 26 May 2027");
        text.ShouldContain("Please mark your dates by ");
        text.ShouldNotContain("0 of ");
    }

    [Fact]
    public async Task The_Division_reads_until_when_the_place_is_waited_for_and_the_coordinator_then_that_it_was_in_vain()
    {
        await Invite();
        (await Read("Lee Larsen", "Cedar Inlet: where will the session on Tue 25 May be?"))
            .ShouldContain("Please say it by Mon 22 Mar, 9:00 am; from then on the coordinator is asked to find out.");
        await Host.StepTo(At(new LocalDateTime(2027, 3, 24, 12, 0)));
        (await Read("Robin Marsh", "Cedar Inlet: no place yet for Tue 25 May"))
            .ShouldContain("The Division has not said yet where the session on Tue 25 May takes place. Please find out");
    }

    [Fact]
    public async Task The_coordinator_reads_that_nobody_has_confirmed_the_list_and_what_waits_for_it()
    {
        await Invite();
        await Host.StepTo(At(Session) + Duration.FromDays(3));
        var text = await Read("Robin Marsh", "Cedar Inlet: please confirm who was there");
        text.ShouldContain("Nobody has confirmed yet who was at the session on Tue 25 May. Please ask those who led it, or confirm it yourself.");
        text.ShouldContain("Certificates and the survey wait for the list.");
    }

    [Fact]
    public async Task While_the_accreditation_is_open_the_invitation_says_that_credits_were_applied_for()
    {
        await Invite(otherwise: Accreditor);
        var text = await Read("Eve Stone", "Cedar Inlet: session on Tue 25 May, please reply");
        text.ShouldContain("Credits have been applied for: 2 group learning credits");
        text.ShouldNotContain("You earn");
    }

    [Fact]
    public async Task While_certificates_wait_coordinator_and_accreditor_read_for_how_many_and_what_to_say()
    {
        await Invite(otherwise: Accreditor);
        var cycle = await Snapshot();
        await Host.StepTo(At(Session) + Duration.FromHours(3));
        using var ada = await As("Ada Wong", ListForm.Page, Role.Facilitator);
        await ada.Press("Confirm the list", ("attended", [cycle.Members(Role.Participant)[0].Value]));
        await Host.StepTo(Host.Now + Duration.FromDays(2));
        var text = await Read("Robin Marsh", "Cedar Inlet: certificates wait for the accreditation");
        text.ShouldContain("Uma Accreditor (UBC CPD) has not said that the accreditation is done. Certificates state it, so 4 people wait for theirs.");
        text = await Read("Uma Accreditor", "Cedar Inlet: your accreditation is waited for");
        text.ShouldContain("The session on Tue 25 May was held. Its certificates state the accreditation, so 4 people wait for theirs.");
    }

    private static readonly (string, string[])[] Accreditor =
        [("partner-accreditation-name", ["Uma Accreditor"]), ("partner-accreditation-address", ["uma@cpd.example"])];

    /// <summary>Two dates are proposed, and all who choose are asked.</summary>
    private async Task Propose()
    {
        await Start();
        var cycle = await Snapshot();
        var now = Host.Now;
        await Record(
        [
            new StageOpened(StageIds.CaseStudySelection, 1, now),
            new CaseStudyChosen(StageIds.CaseStudySelection, 1, now, cycle.KickOff.CaseStudies[0].Id),
            new StageOpened(StageIds.FacilitatorTraining, 1, now),
            .. cycle.Members(Role.Facilitator).Select(one => new LeadingAnswered(1, one, Leads: true, one, now)),
            new FacilitatorsTrained(StageIds.FacilitatorTraining, 1, now, cycle.Members(Role.Facilitator)),
            new StageOpened(StageIds.Scheduling, 1, now),
            new SlotsProposed(1, cycle.Coordinator, [.. Slots], cycle.Coordinator, now),
        ]);
        await FirstMorning();
    }

    private async Task Record(IEnumerable<Fact> facts)
    {
        var cycle = (await Snapshot()).Cycle;
        await Host.Services.GetRequiredService<CycleRecords>().Record(cycle, [.. facts], Host.Now);
        await Host.Services.GetRequiredService<Wakes>().Ring(cycle, Host.Now);
    }

    /// <summary>A person's mail with that subject, which several letters may share; each as short as a letter is to be.</summary>
    private async Task<string> Read(string name, string subject)
    {
        var mail = (await Coordinator.MailsTo(name)).FirstOrDefault(mail => mail.Subject.Split(" (and")[0] == subject || mail.Text.Contains(subject, StringComparison.Ordinal));
        mail.Text.ShouldNotBeNull($"No mail “{subject}” to {name}.");
        Laws.MustBeShort(new Mail("", name, "", mail.Subject, mail.Text, ""));
        return mail.Text;
    }
}
