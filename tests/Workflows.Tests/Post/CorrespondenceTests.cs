using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Tests.Walking;
using NodaTime;

namespace Cohesion.Workflows.Tests.Post;

public sealed class CorrespondenceTests
{
    [Fact]
    public async Task A_participant_hears_from_the_colleague_who_leads_once_one_does_and_others_from_the_Division()
    {
        using var process = await OneProcess.KickedOff();
        var participant = await Member(process, Role.Participant);
        (await NameFor(process, participant)).ShouldBe("Bowen Island Division of Family Practice");
        var facilitator = await Member(process, Role.Facilitator);
        var leads = new LeadingAnswered(1, facilitator.Id, Leads: true, facilitator.Id, World.Start);
        await Record(process, new StageOpened(StageIds.FacilitatorTraining, 1, World.Start), leads);

        (await NameFor(process, participant)).ShouldBe(facilitator.Name);
        (await NameFor(process, facilitator)).ShouldBe("Bowen Island Division of Family Practice");
        (await NameFor(process, await Member(process, Role.Coordinator))).ShouldBeNull();
    }

    [Fact]
    public async Task Replies_go_to_the_Division_s_staff_where_they_can_be_reached_else_to_the_coordinator()
    {
        using var process = await OneProcess.KickedOff();
        var (lead, coordinator) = (await Member(process, Role.DivisionLead), await Member(process, Role.Coordinator));
        (await RepliesTo(process, lead)).ShouldBe(new Mailbox(coordinator.Name, coordinator.Address));
        (await RepliesTo(process, coordinator)).ShouldBeNull();

        var staff = await process.Product.Get<People>().FindOrAdd("Dov Katz", "dov@division.example", Townsfolk.Zone);
        await Record(process, new Member(Role.DivisionStaff, staff, World.Start));
        (await RepliesTo(process, lead)).ShouldBe(new Mailbox("Dov Katz", "dov@division.example"));
        (await RepliesTo(process, await process.Product.Get<People>().Get(staff))).ShouldBe(new Mailbox(coordinator.Name, coordinator.Address));

        await process.Product.Get<BouncedAddresses>().Add("dov@division.example", new Bounce("", World.Start));
        (await RepliesTo(process, lead)).ShouldBe(new Mailbox(coordinator.Name, coordinator.Address));
    }

    [Fact]
    public async Task A_mail_keeps_the_name_it_was_made_in_however_often_it_is_tried()
    {
        using var process = await OneProcess.KickedOff();
        process.Mail.IsAway = _ => true;
        await process.Pass();
        process.Mail.IsAway = _ => false;
        var staff = await process.Product.Get<People>().FindOrAdd("Dov Katz", "dov@division.example", Townsfolk.Zone);
        await Record(process, new Member(Role.DivisionStaff, staff, World.Start));
        process.Clock.MoveTo(World.Start + Duration.FromMinutes(4));
        while (await process.Pass())
        {
        }

        process.Mail.Delivered.Count.ShouldBe(3);
        process.Mail.Delivered.ShouldAllBe(mail => mail.Mail.From == "Bowen Island Division of Family Practice");
        process.Mail.Delivered.ShouldAllBe(mail => mail.Mail.ReplyTo!.Name == Townsfolk.Coordinator);
    }

    private static Task Record(OneProcess process, params Fact[] facts) =>
        process.Product.Get<CycleRecords>().Record(process.Cycle, facts, World.Start);

    private static async Task<Person> Member(OneProcess process, Role role) =>
        await process.Product.Get<People>().Get((await process.Snapshot()).Members(role)[0]);

    private static async Task<string?> NameFor(OneProcess process, Person reader) =>
        await process.Product.Get<Correspondence>().NameFor(reader, await process.Snapshot(), CancellationToken.None);

    private static async Task<Mailbox?> RepliesTo(OneProcess process, Person reader) =>
        await process.Product.Get<Correspondence>().RepliesTo(reader, await process.Snapshot(), process.Clock.Now, CancellationToken.None);
}
