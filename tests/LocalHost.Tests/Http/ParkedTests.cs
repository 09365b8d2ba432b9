using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Testing.Stories;
using NodaTime;

namespace Cohesion.Workflows.LocalHost.Tests.Http;

public sealed class ParkedTests : OnAHost
{
    private RecordKey Unreadable => Rows.Of(CycleId.From(Coordinator.Cycle.Split('/')[^1]), "f.unreadable");

    [Fact]
    public async Task After_five_failed_turns_the_coordinator_is_told_once_and_can_say_try_again()
    {
        await Start();
        await Records.Commit([new RecordWrite.Put(Record.Of(Unreadable, ("body", "{")))]);
        await Host.StepTo(Host.Now + Duration.FromDays(2));

        await Coordinator.Browser.Open("/mail");
        Coordinator.Browser.Page.QuerySelectorAll("tbody tr").Length.ShouldBe(1);
        await Records.Commit([new RecordWrite.Delete(Unreadable, null)]);
        await Coordinator.Browser.Open(await Coordinator.LinkOf(Coordinator.Name, "it has stopped"));
        await Coordinator.Browser.Press("Try again");
        await Host.StepTo(Host.Now + Duration.FromHours(1));

        await Coordinator.Browser.Open("/mail");
        Coordinator.Browser.Text.ShouldContain("Cedar Inlet: choose the case for your session");
    }

    [Fact]
    public async Task Who_may_record_nothing_is_told_and_shown_no_form()
    {
        await Start();
        await Records.Commit([new RecordWrite.Put(Record.Of(Unreadable, ("body", "{")))]);
        await Host.StepTo(Host.Now + Duration.FromDays(2));
        using var viewer = await LetIn("viewer", "Vera Viewer");
        await viewer.Open(Coordinator.Cycle);
        viewer.Text.ShouldContain("This community has stopped");
        viewer.Page.QuerySelectorAll($"[action='{Coordinator.Cycle}/try-again']").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parked_community_does_not_hold_up_another()
    {
        await Start();
        await Records.Commit([new RecordWrite.Put(Record.Of(Unreadable, ("body", "{")))]);
        await Start(("community", ["Elk Pass"]));
        await FirstMorning();

        await Coordinator.Browser.Open("/mail");
        Coordinator.Browser.Text.ShouldContain("Elk Pass: choose the case for your session");
    }
}
