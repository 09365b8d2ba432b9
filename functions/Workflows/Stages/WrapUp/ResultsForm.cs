using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.WrapUp;

/// <summary>The page with the results, for those who made them.</summary>
public static class ResultsForm
{
    public const string Page = AskPages.Results;

    /// <summary>In the order in which a reader who has several is greeted by one.</summary>
    private static readonly Role[] Roles = [Role.DivisionLead, Role.DivisionStaff, Role.Facilitator, Role.Coach, Role.Partner];

    public static Task<IResult> Get(string token, Door door, CancellationToken cancel) => door.Open(Page, token, Pages.For<ResultsPage>, cancel);

    /// <summary>As what a person reads them; null where the link would be no use to them.</summary>
    public static Role? RoleOf(Snapshot cycle, PersonId person) =>
        Roles.Where(role => cycle.Members(role).Contains(person)).Cast<Role?>().FirstOrDefault();
}
