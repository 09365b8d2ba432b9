using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Asks;

/// <summary>
/// The page that is always a person's own: where the community stands, and all that is asked of them. The Division's staff record
/// there what others tell them.
/// </summary>
public static class OwnForm
{
    public static Task<IResult> Get(string token, HttpContext http, Door door, People people, CancellationToken cancel) =>
        door.Open(AskPages.Own, token, visit => Show(visit, http, people, cancel), cancel);

    private static async Task<IResult> Show(Visit visit, HttpContext http, People people, CancellationToken cancel)
    {
        WayBack.Remember(http, visit);
        var members = visit.Cycle.All<Member>().Where(member => member.Role != Role.Coordinator).Select(member => member.Person).Distinct();
        var known = (await people.GetAll(members, cancel)).ToDictionary(person => person.Id);
        return Pages.Of<OwnPage>((nameof(OwnPage.Visit), visit), (nameof(OwnPage.Members), known));
    }

    /// <summary>The roles that the visitor has.</summary>
    public static IEnumerable<Role> Roles(Visit visit) =>
        visit.Cycle.All<Member>().Where(member => member.Person == visit.Person.Id).Select(member => member.Role).Distinct();

    /// <summary>Whether the visitor may record for others.</summary>
    public static bool IsStaff(Visit visit) => Roles(visit).Contains(Role.DivisionStaff);

    /// <summary>How replies stand, in counts; "" where they are not the visitor's business, or nobody is asked yet. That it is postponed concerns all.</summary>
    public static string Replies(Visit visit) =>
        visit.Cycle.IsPostponed() || Roles(visit).Any(role => role is Role.Facilitator or Role.DivisionLead or Role.DivisionStaff) ? ReplyCounts.Say(visit.Cycle, visit.Now) : "";
}
