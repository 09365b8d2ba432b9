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
        visit.Cycle.RoundOf(StageIds.Attendance) is not null && visit.Cycle.Stopped() is null && (visit.Cycle.List() is null || ListForm.MayCorrect(visit));

    /// <summary>What becomes of whoever is added now.</summary>
    public static string Intro(Visit visit) =>
        HasCome(visit) ? AttendanceTexts.AddIntroCame : IsInvited(visit) ? AttendanceTexts.AddIntroInvited : AttendanceTexts.AddIntroLate;

    public static async Task<IResult> Add(
        Visit visit, IFormCollection form, Func<AddProblem, Task<IResult>> refuse, People people, Intake intake, CancellationToken cancel)
    {
        var (name, address) = (form["person-name"].ToString().Trim(), form["person-address"].ToString().Trim());
        if (!MayAdd(visit))
        {
            return await refuse(new AddProblem("", AttendanceTexts.AddClosed));
        }

        if (Roster.Check(name, address) is { } problem)
        {
            return await refuse(new AddProblem(Roster.IsName(name) ? AddProblem.Address : AddProblem.Name, problem));
        }

        var members = await people.GetAll(visit.Cycle.All<Member>().Select(member => member.Person).Distinct(), cancel);
        var typed = new TypedPerson(name, address);
        if (members.FirstOrDefault(one => IsSame(one.Name, typed.Name) && IsSame(one.Address, typed.Address)) is { } same)
        {
            if (visit.Cycle.HasRole(Role.Participant, same.Id) && visit.Cycle.Find<Member>(Member.RowOf(Role.Participant, same.Id))!.By != visit.By && !HasCome(visit))
            {
                return visit.Recorded(Say.Text(AttendanceTexts.AddedBefore, same.Name, same.Address));
            }
        }
        else if (form["else"] != "yes" && DoubtOf(typed, members) is { } doubt)
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
        var facts = new List<Fact>();
        if (hasCome && !CheckInForm.IsIn(visit.Cycle, person))
        {
            facts.Add(new CheckedIn(visit.Cycle.RoundOf(StageIds.Attendance)!.Round, person, visit.By, visit.Now));
        }

        if (!visit.Cycle.HasRole(Role.Participant, person))
        {
            facts.Add(new Member(Role.Participant, person, visit.Now, visit.By));
        }

        return facts;
    }

    /// <summary>The same name or the same address as somebody's here.</summary>
    private static AddProblem? DoubtOf(TypedPerson typed, IReadOnlyList<Person> members)
    {
        var sameName = members.FirstOrDefault(one => IsSame(one.Name, typed.Name));
        var sameAddress = members.Where(one => IsSame(one.Address, typed.Address)).Select(one => one.Name).ToList();
        return sameName is not null ? new AddProblem(AddProblem.Name, Say.Text(AttendanceTexts.AddSameName, sameName.Name, sameName.Address), IsDoubt: true)
            : sameAddress.Count > 0 ? new AddProblem(AddProblem.Address, Say.Text(AttendanceTexts.AddShared, typed.Address, Say.Names(sameAddress), typed.Name), IsDoubt: true)
            : null;
    }

    private static bool IsSame(string one, string other) => People.Fold(one) == People.Fold(other);

    private static string Added(Visit visit) =>
        visit.Cycle.IsPostponed() ? AttendanceTexts.AddedPostponed
        : IsInvited(visit) ? AttendanceTexts.AddedInvited
        : AttendanceTexts.AddedLate;

    /// <summary>Where their mail can still go out before replies close.</summary>
    private static bool IsInvited(Visit visit) => visit.Cycle.IsPostponed()
        || (ReplyForm.IsOpen(visit) && new WorkingHours(visit.Zone).Next(visit.Now) < ReplyForm.Closes(visit.Cycle));

    private static bool HasCome(Visit visit) => visit.Cycle.Session() is { } session && session.Starts <= visit.Now;
}

/// <summary>Why somebody could not be added.</summary>
/// <param name="Field">Which field it is about; "" for none.</param>
/// <param name="Text">The reason.</param>
/// <param name="IsDoubt">Whether they may be somebody else than who is here: the form asks.</param>
public sealed record AddProblem(string Field, string Text, bool IsDoubt = false)
{
    public const string Name = "person-name";
    public const string Address = "person-address";
}
