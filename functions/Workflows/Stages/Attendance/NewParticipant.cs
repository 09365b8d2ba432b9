using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Stages.Attendance;

/// <summary>
/// Adds somebody whom the coordinator forgot, or who calls: to be invited, to have their reply recorded, or to stand on the list.
/// </summary>
public static class NewParticipant
{
    /// <summary>From the invitations on until the list can be corrected no more.</summary>
    public static bool MayAdd(Visit visit) =>
        visit.Cycle.RoundOf(StageIds.Attendance) is not null && (visit.Cycle.List() is null || ListForm.MayCorrect(visit));

    /// <summary>What becomes of whoever is added now.</summary>
    public static string Intro(Visit visit) =>
        HasCome(visit) ? AttendanceTexts.AddIntroCame : IsInvited(visit) ? AttendanceTexts.AddIntroInvited : AttendanceTexts.AddIntroLate;

    public static async Task<IResult> Add(
        Visit visit, IFormCollection form, Func<string, Task<IResult>> refuse, People people, Intake intake, CancellationToken cancel)
    {
        var (name, address) = (form["person-name"].ToString().Trim(), form["person-address"].ToString().Trim());
        if ((MayAdd(visit) ? Roster.Check(name, address) : AttendanceTexts.AddClosed) is { } problem)
        {
            return await refuse(problem);
        }

        var members = await people.GetAll(visit.Cycle.All<Member>().Select(member => member.Person).Distinct(), cancel);
        if (ProblemOf(visit.Cycle, new TypedPerson(name, address), members, isSomebodyElse: form["else"] == "yes") is { } doubt)
        {
            return await refuse(doubt);
        }

        var facts = Facts(visit, await people.FindOrAdd(name, address, visit.Zone, cancel), HasCome(visit));
        await intake.Record(visit.Cycle.Cycle, facts, cancel);
        return HasCome(visit)
            ? new OpenAnew($"{visit.Path}/{ListForm.Page}", Say.Text(AttendanceTexts.WalkInThanks, name))
            : visit.Recorded(Say.Text(Added(visit), name));
    }

    /// <summary>Who came is there first, and a participant then: in between nobody invites them.</summary>
    public static IReadOnlyList<Fact> Facts(Visit visit, PersonId person, bool hasCome)
    {
        var member = new Member(Role.Participant, person, visit.Now, visit.By);
        var facts = new List<Fact>();
        if (hasCome)
        {
            facts.Add(new CheckedIn(visit.Cycle.RoundOf(StageIds.Attendance)!.Round, person, visit.By, visit.Now));
        }

        if (visit.Cycle.Find<Member>(member.Row()) is null)
        {
            facts.Add(member);
        }

        return facts;
    }

    /// <summary>The same person twice; or, unless somebody says that they are two, the same name or the same address.</summary>
    private static string? ProblemOf(Snapshot cycle, TypedPerson typed, IEnumerable<Person> members, bool isSomebodyElse)
    {
        var sameName = members.Where(one => People.Fold(one.Name) == People.Fold(typed.Name)).ToList();
        var sameAddress = members.Where(one => People.Fold(one.Address) == People.Fold(typed.Address)).ToList();
        if (sameName.Intersect(sameAddress).FirstOrDefault() is { } same)
        {
            return cycle.Members(Role.Participant).Contains(same.Id) ? Say.Text(AttendanceTexts.AddedBefore, same.Name, same.Address) : null;
        }

        return isSomebodyElse ? null
            : sameName.Count > 0 ? Say.Text(AttendanceTexts.AddSameName, sameName[0].Name, sameName[0].Address)
            : sameAddress.Count > 0 ? Say.Text(AttendanceTexts.AddShared, typed.Address, Say.Names(sameAddress.Select(one => one.Name)), typed.Name)
            : null;
    }

    private static string Added(Visit visit) =>
        visit.Cycle.IsPostponed() ? AttendanceTexts.AddedPostponed
        : IsInvited(visit) ? AttendanceTexts.AddedInvited
        : AttendanceTexts.AddedLate;

    /// <summary>Where their mail can still go out before replies close.</summary>
    private static bool IsInvited(Visit visit) => visit.Cycle.IsPostponed()
        || (ReplyForm.IsOpen(visit) && new WorkingHours(visit.Zone).Next(visit.Now) < ReplyForm.Closes(visit.Cycle));

    private static bool HasCome(Visit visit) => visit.Cycle.Session() is { } session && session.Starts <= visit.Now;
}
