using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Stages;

/// <summary>What a partner prepared, in a sentence.</summary>
public static class PreparationWords
{
    public static bool HasNote(PartnerPreparation preparation) => preparation is { State: PreparationState.Done, Note.Length: > 0 };

    public static string Of(PartnerPreparation preparation) => Say.Text(
        preparation.State switch
        {
            PreparationState.Done => HasNote(preparation) ? StageTexts.PreparedWithNote : StageTexts.Prepared,
            PreparationState.NotAccredited => StageTexts.PreparationNotAccredited,
            PreparationState.Waived => StageTexts.PreparationWaived,
            _ => StageTexts.PreparationOpen,
        },
        preparation.Asked.Task.Partner,
        preparation.Asked.Task.Title,
        preparation.Note);
}
