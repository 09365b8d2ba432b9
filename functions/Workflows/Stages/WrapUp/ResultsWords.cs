using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages.WrapUp;

/// <summary>What the results say around the survey, in the mail and on the page alike.</summary>
internal static class ResultsWords
{
    public static string Session(Snapshot cycle) =>
        Say.Text(WrapUpTexts.Session, Say.SessionTime(cycle, cycle.Session()!.LocalStart), cycle.Attendees().Count());

    /// <summary>What came of the coaching. Nothing before the end: a count that grows while people look at it tells who was the last.</summary>
    public static IEnumerable<string> Afterwards(Snapshot cycle) =>
        cycle.HasEnded ? CoachingWords.Of(cycle).Where(sentence => sentence.Length > 0) : [];

    /// <summary>What the reader, as a partner's, prepared for the session.</summary>
    public static IEnumerable<string> OwnPart(Snapshot cycle, PersonId reader) => cycle.Preparations()
        .Where(prepared => prepared.Asked.Person == reader && prepared.State == PreparationState.Done)
        .Select(prepared => Say.Text(WasThereToChoose(cycle, prepared) ? WrapUpTexts.OwnPartChosen : WrapUpTexts.OwnPart, prepared.Asked.Task.Partner, prepared.Asked.Task.Title));

    /// <summary>Whether it was there while the community chose, and had a note to show.</summary>
    private static bool WasThereToChoose(Snapshot cycle, PartnerPreparation prepared) =>
        PreparationWords.HasNote(prepared) && cycle.OutcomeOf<CaseStudyChosen>(StageIds.CaseStudySelection) is { } chosen && prepared.Told!.At < chosen.At;
}
