using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Previews;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Walking;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>The people of a community: each acts on the mails that came, a day or two later, in their own way.</summary>
/// <param name="habits">What they are like.</param>
/// <param name="settings">How many they are, and whether they all see to things at the same hour.</param>
public sealed class Inhabitants(Habits habits, WorldSettings settings) : ITown
{
    /// <summary>From this number on a substitute does what is asked, so that every cycle ends.</summary>
    private const int ReliableFrom = 5;

    private static readonly CommunityDays Days = new(Townsfolk.Zone);

    private readonly NamesOfIds _names = new();
    private readonly List<Deed> _toDo = [];
    private int _read;
    private int _refused;

    public Instant? NextDeed => _toDo.Count == 0 ? null : _toDo.Min(deed => deed.Due);

    public CycleId Cycle { get; } = KickOffs.CycleOf(Townsfolk.Nonce);

    public bool Bounces(string address) =>
        !address.StartsWith("coordinator", StringComparison.Ordinal) && habits.Does(0.07, address, "bounces");

    public async Task KickOff(Incarnation product)
    {
        var coordinator = await Townsfolk.AddCoordinator(product.Get<People>());
        await product.Get<KickOffs>().Start(Townsfolk.KickOff(coordinator, settings.Facilitators, settings.Participants, settings.Capacity, settings.HasAccreditor));
    }

    public void Read(MailProvider provider)
    {
        foreach (var mail in provider.Refused.Skip(_refused))
        {
            _names.Learn(mail);
        }

        foreach (var mail in provider.Delivered.Skip(_read))
        {
            _names.Learn(mail);
            _toDo.AddRange(mail.Messages.SelectMany(message => After(message, new Reader(mail.Mail.Name, Days.DateOf(mail.At)))));
            _toDo.AddRange(mail.Messages.SelectMany(message => Adapted(message, new Reader(mail.Mail.Name, Days.DateOf(mail.At)))));
        }

        (_read, _refused) = (provider.Delivered.Count, provider.Refused.Count);
    }

    public string InNames(string text) => _names.In(text);

    public Deed? Due(Instant now, Deed? underWay = null) =>
        _toDo.Where(deed => deed.Due <= now && deed != underWay).MinBy(deed => deed.Due);

    public void Done(Deed deed) => _toDo.Remove(deed);

    private IEnumerable<Deed> After(MessageKey message, Reader reader) => (message.Stage, message.Kind) switch
    {
        ("preparation", "ask") => Acts(0.3, message, reader) ? [Deed(message, reader, 1, at => Deeds.Accredit(at, PreparationState.Done))] : [],
        ("case-study-selection", "ask") => AskedToVote(message, reader),
        ("case-study-selection", "decide") =>
            AskedToDecide(message, reader, at => Deeds.DecideCaseStudy(at, habits.Pick(4, reader.Name, "decision"))),
        ("facilitator-training", "ask") => AskedToLead(message, reader),
        ("facilitator-training", "replace") => AskedToNameAnother(message, reader),
        ("scheduling", "propose") => AskedToDecide(message, reader, Deeds.ProposeSlots),
        ("scheduling", "ask") => AskedForSlots(message, reader),
        ("scheduling", "venue" or "venue-missing") => [.. AskedToDecide(message, reader, Deeds.SayWhere), .. Forgotten(0.3, message, reader, 1)],
        ("attendance", "ask") => Invited(message, reader),
        ("attendance", "seat" or "moved-up") => HasASeat(message, reader),
        ("attendance", "offer") => Acts(0.6, message, reader) ? [Deed(message, reader, 1, Deeds.TakeTheSeat)] : [],
        ("attendance", "go-or-not") =>
            Acts(0.6, message, reader) ? [Deed(message, reader, 1, at => Deeds.DecideWhetherItGoesAhead(at, habits.Pick(3, reader.Name, message.Occasion)))] : [],
        ("attendance", "headcount") => Forgotten(0.4, message, reader, 2),
        ("attendance", "confirm-list") => [.. AskedToDecide(message, reader, Deeds.ConfirmTheList), .. Forgotten(0.2, message, reader, 3)],
        ("attendance", "accreditation-missing") => AskedToDecide(message, reader, at => Deeds.Accredit(at, PreparationState.Waived)),
        ("attendance", "certificate") => settings.IsAmended && Acts(0.3, message, reader) ? [Deed(message, reader, 1, Deeds.CorrectTheName)] : [],
        ("survey-collection", "ask") => AskedInTheSurvey(message, reader),
        ("coaching-follow-up", "task" or "overdue") =>
            AskedToDecide(message, reader, at => Deeds.TellOfTask(at, message.Occasion.Split('-')[1], StateOf(message, reader))),
        ("coaching-follow-up", "commitment") => Acts(0.6, message, reader) ? [Deed(message, reader, 1, Deeds.AnswerForTheCommitment)] : [],
        ("-", "bounced") => Acts(0.6, message, reader) ? [Deed(message, reader, 1, at => Deeds.CorrectTheAddress(at, Refusals.PersonOf(message)))] : [],
        ("-", "parked") => [Deed(message, reader, 1, Deeds.TryAgain)],
        _ => [],
    };

    /// <summary>Whatever somebody is told, the coordinator may change something then. What was paused goes on some days later.</summary>
    private IEnumerable<Deed> Adapted(MessageKey message, Reader reader)
    {
        if (settings.IsAdapted && message.Stage != MessageKey.None && Acts(settings.Adapts is null ? 0.08 : 1, message, reader, "makes the coordinator adapt"))
        {
            var what = habits.Pick(1_000_000, reader.Name, InNames($"adapts at {message}"));
            yield return Deed(message, reader, 1, new Adaptations(what, settings).Make);
            yield return Deed(message, reader, 2 + what % 25, new Adaptations(what, settings).GoOn);
        }
    }

    private IEnumerable<Deed> AskedToVote(MessageKey message, Reader reader)
    {
        if (Acts(0.45, message, reader))
        {
            yield return Deed(message, reader, 1, at => Deeds.Vote(at, habits.Pick(4, reader.Name, message.Occasion)));
        }

        if (Acts(0.1, message, reader, "again"))
        {
            yield return Deed(message, reader, 2, at => Deeds.Vote(at, habits.Pick(4, reader.Name, message.Occasion + " again")));
        }
    }

    private IEnumerable<Deed> AskedToLead(MessageKey message, Reader reader)
    {
        var reliable = reader.Name.StartsWith("Substitute", StringComparison.Ordinal)
            && Townsfolk.HourOf(reader.Name) >= Townsfolk.HourOf(Townsfolk.Substitute(ReliableFrom));
        var leads = reliable || habits.Does(0.8, reader.Name, "leads");
        if (reliable || Acts(0.6, message, reader))
        {
            yield return Deed(message, reader, 1, at => Deeds.SayWhetherToLead(at, leads));
        }

        if (!reliable && Acts(0.12, message, reader, "minds otherwise"))
        {
            yield return Deed(message, reader, 2, at => Deeds.SayWhetherToLead(at, !leads));
        }

        if (reliable || Acts(0.6, message, reader, "module"))
        {
            yield return Deed(message, reader, 3, Deeds.DoTheModule);
        }
    }

    /// <summary>Who sends the form again, since its page did not answer, names the same person.</summary>
    private IEnumerable<Deed> AskedToNameAnother(MessageKey message, Reader reader)
    {
        string? name = null;
        return AskedToDecide(message, reader, at => Deeds.NameAnother(at, name ??= Townsfolk.NextSubstitute(at.Cycle)));
    }

    private IEnumerable<Deed> AskedForSlots(MessageKey message, Reader reader)
    {
        if (Acts(0.6, message, reader))
        {
            yield return Deed(message, reader, 1, at => Deeds.MarkSlots(at, message.Occasion));
        }

        if (Acts(0.1, message, reader, "again"))
        {
            yield return Deed(message, reader, 2, at => Deeds.MarkSlots(at, message.Occasion + " again"));
        }
    }

    private IEnumerable<Deed> Invited(MessageKey message, Reader reader)
    {
        var comes = habits.Does(0.7, reader.Name, "comes");
        if (Acts(0.5, message, reader))
        {
            yield return Deed(message, reader, 1, at => Deeds.Reply(at, comes));
        }

        if (Acts(0.2, message, reader, "minds otherwise"))
        {
            yield return Deed(message, reader, 3, at => Deeds.Reply(at, !comes));
        }
    }

    /// <summary>Somebody calls: a latecomer of that number.</summary>
    private IEnumerable<Deed> Forgotten(double share, MessageKey message, Reader reader, int number) =>
        settings.IsAmended && Acts(share, message, reader, "remembers")
            ? [Deed(message, reader, 1, at => Deeds.AddSomebody(at, Townsfolk.Latecomer(number)))]
            : [];

    private IEnumerable<Deed> HasASeat(MessageKey message, Reader reader)
    {
        if (settings.IsAmended && Acts(0.2, message, reader, "is misspelt"))
        {
            yield return Deed(message, reader, 2, Deeds.CorrectTheName);
        }

        if (Acts(0.4, message, reader, "cancels"))
        {
            yield return Deed(message, reader, 10 + habits.Pick(45, reader.Name, message.Occasion), Deeds.Cancel);
        }
    }

    private IEnumerable<Deed> AskedInTheSurvey(MessageKey message, Reader reader)
    {
        if (Acts(0.45, message, reader))
        {
            yield return Deed(message, reader, 1, Deeds.AnswerTheSurvey);
        }

        if (Acts(0.35, message, reader, "coach"))
        {
            yield return Deed(message, reader, 1, Deeds.AskForACoach);
        }

        if (Acts(0.2, message, reader, "commitment"))
        {
            yield return Deed(message, reader, 1, at => Deeds.Commit(at, wanted: true));
        }

        if (Acts(0.1, message, reader, "no commitment"))
        {
            yield return Deed(message, reader, 2, at => Deeds.Commit(at, wanted: false));
        }
    }

    /// <summary>Asked by the coordinator, the coach sees to it that the task is done.</summary>
    private CoachTaskState StateOf(MessageKey message, Reader reader)
    {
        CoachTaskState[] states = [CoachTaskState.Contacted, CoachTaskState.Planned, CoachTaskState.Done, CoachTaskState.NotNow, CoachTaskState.Done];
        return message.Kind == "overdue" ? CoachTaskState.Done : states[habits.Pick(states.Length, reader.Name, InNames(message.Occasion))];
    }

    /// <summary>Who must decide does at the latest when asked for the last time.</summary>
    private IEnumerable<Deed> AskedToDecide(MessageKey message, Reader reader, Func<AtForm, Task> decide)
    {
        var last = "-" + Townsfolk.Programme.Policy.Decisions[^1].Id;
        var isLast = reader.Name == Townsfolk.Coordinator && message.Occasion.EndsWith(last, StringComparison.Ordinal);
        return isLast || Acts(0.5, message, reader) ? [Deed(message, reader, 1, decide)] : [];
    }

    private bool Acts(double share, MessageKey message, Reader reader, string how = "") =>
        habits.Does(share, reader.Name, InNames($"{message.Stage} {message.Kind} {message.Occasion} {how}"));

    private Deed Deed(MessageKey message, Reader reader, int days, Func<AtForm, Task> act)
    {
        var hour = Townsfolk.HourOf(settings.IsCrowded ? Townsfolk.Coordinator : reader.Name);
        return new Deed(reader.Name, message.Person, Days.At(reader.Date.PlusDays(days), hour), act);
    }

    private sealed record Reader(string Name, LocalDate Date);
}
