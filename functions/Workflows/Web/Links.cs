using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using NodaTime;

namespace Cohesion.Workflows.Web;

/// <summary>Signed links under the installation's public address.</summary>
public sealed class Links(SignedLinks tokens, PublicAddress address) : ILinks
{
    public const string SignIn = "sign-in";
    public const string SetUp = "set-up";

    private static readonly Duration AsksFor = Duration.FromDays(400);
    private static readonly Duration SignInFor = Duration.FromHours(1);
    private static readonly Duration RecordsFor = Duration.FromHours(12);

    public Uri ToAsk(string page, Person reader, CycleId cycle, Role role, Instant now) =>
        Absolute(AskPath(page, reader, cycle, role, now));

    /// <summary>The same, without the address: for a link on a page.</summary>
    public string AskPath(string page, Person reader, CycleId cycle, Role role, Instant now) =>
        Path(new LinkGrant(page, reader.Id.Value, cycle.Value, role.Id(), reader.Generation, now + AsksFor));

    /// <summary>For a link on a page to another page of the same visitor: whoever records for the person still does there.</summary>
    public string AskPath(string page, Visit visit, Role role) => visit.Recorder is { } recorder
        ? RecordPath(page, visit.Person, visit.Cycle.Cycle, role, recorder.Id, visit.Now)
        : AskPath(page, visit.Person, visit.Cycle.Cycle, role, visit.Now);

    /// <summary>For somebody who records what a person told them.</summary>
    public string RecordPath(string page, Person person, CycleId cycle, Role role, PersonId by, Instant now) =>
        Path(new LinkGrant(page, person.Id.Value, cycle.Value, role.Id(), person.Generation, now + RecordsFor, by.Value));

    public Uri ToRegistration(CycleId cycle, Instant now) =>
        Absolute(Path(new LinkGrant(AskPages.Register, LinkGrant.None, cycle.Value, Role.Participant.Id(), 0, now + AsksFor)));

    public Uri ToCycle(CycleId cycle) => Absolute($"/cycles/{cycle}");

    public Uri ToToday() => Absolute("/");

    public Uri ToSignIn(Person reader, Instant now) =>
        Absolute(Path(new LinkGrant(SignIn, reader.Id.Value, "-", Role.Coordinator.Id(), reader.Generation, now + SignInFor)));

    /// <summary>Makes the first coordinator; void once there is one.</summary>
    public Uri ToSetUp(Instant now) =>
        Absolute(Path(new LinkGrant(SetUp, "-", "-", Role.Coordinator.Id(), 0, now + Duration.FromDays(7))));

    private string Path(LinkGrant grant) => $"/{grant.Purpose}/{tokens.Sign(grant)}";

    private Uri Absolute(string path) => new(address.PublicUrl, path);
}
