using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Stages.Attendance;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Asks;

/// <summary>How somebody stands in a role, in a few words for those who look after the community; of the survey nothing. "" where nothing is asked.</summary>
public static class HowTheyStand
{
    public static string Of(Visit visit, Role role) => role switch
    {
        Role.Participant => OfParticipant(visit.Cycle, visit.Person.Id),
        Role.Facilitator when visit.Cycle.RoundOf(StageIds.FacilitatorTraining) is not null || !AskedOf.Now(visit, role).Any() =>
            Facilitators.StateOf(visit.Cycle, visit.Person.Id),
        _ => OfAnswers([.. AskedOf.Now(visit, role).Select(asked => asked.HasTold(visit))]),
    };

    private static string OfAnswers(bool[] told) =>
        told.Length == 0 ? "" : told.Contains(false) ? AskTexts.StandsSilent : AskTexts.StandsNothingOpen;

    private static string OfParticipant(Snapshot cycle, PersonId person) =>
        cycle.RoundOf(StageIds.Attendance) is null || cycle.IsPostponed() ? ""
        : cycle.List() is not null ? cycle.Attendees().Contains(person) ? AskTexts.StandsThere : AskTexts.StandsNotThere
        : CheckInForm.IsIn(cycle, person) ? AttendanceTexts.SaidThere
        : OfReply(Seating.Of(cycle, person));

    private static string OfReply(Standing standing)
    {
        var words = standing.Stands switch
        {
            Stands.Silent => AskTexts.StandsSilent,
            Stands.NotThisTime => AskTexts.StandsNotThisTime,
            Stands.Waiting => Say.Text(AskTexts.StandsWaiting, standing.Place),
            Stands.Offered => AskTexts.StandsOffered,
            Stands.Lapsed => AskTexts.StandsLapsed,
            _ => AskTexts.StandsYes,
        };
        return standing.Reply?.Office is { } office ? Say.Text(AskTexts.StandsOffice, words, office) : words;
    }
}
