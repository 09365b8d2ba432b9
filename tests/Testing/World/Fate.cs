namespace Cohesion.Workflows.Testing;

/// <summary>How a process dies at a step.</summary>
public enum Death
{
    No,

    /// <summary>Before the step: nothing of it happened.</summary>
    Before,

    /// <summary>After the step: all of it happened, or it was refused, and nobody heard.</summary>
    After,
}

/// <summary>The process is dead, and so is everything it still tries.</summary>
public sealed class CrashException() : Exception("The process is dead.");

/// <summary>What a process does to the world outside it: a transaction, a round key made or destroyed, a mail.</summary>
/// <param name="Number">Counts the steps of all processes, one life after another.</param>
/// <param name="OfAct">Counts those of one act: of one deed, one turn, one pass.</param>
/// <param name="IsRecovery">Whether a process has just died of such an act, so that this one may be to finish it.</param>
public sealed record Step(int Number, int OfAct, bool IsRecovery);

/// <summary>Counts steps, and says at which of them a process dies. A process may take several at once.</summary>
public sealed class Fate(Func<Step, Death> deaths)
{
    private readonly Lock _counting = new();
    private readonly List<int> _actsOf = [];
    private Step _last = new(0, 0, IsRecovery: false);

    /// <summary>Steps so far.</summary>
    public int Steps => _last.Number;

    /// <summary>How many acts had one step, two steps … or more: as many as there are acts that a process dies in at their first, second … step.</summary>
    public IReadOnlyList<int> ActsOf => _actsOf;

    public static Fate Kind() => new(_ => Death.No);

    /// <summary>Dies once, at one step.</summary>
    public static Fate DiesAt(int step, Death death) => new(now => now.Number == step ? death : Death.No);

    /// <summary>Dies in every act that has so many steps; the next process lives to finish it.</summary>
    public static Fate DiesInEveryActAt(int step, Death death) => new(now => now.OfAct == step && !now.IsRecovery ? death : Death.No);

    public void BeginAct(bool isRecovery) => _last = _last with { OfAct = 0, IsRecovery = isRecovery };

    public Death Next()
    {
        lock (_counting)
        {
            return deaths(Count());
        }
    }

    private Step Count()
    {
        _last = _last with { Number = _last.Number + 1, OfAct = _last.OfAct + 1 };
        if (_last.OfAct > _actsOf.Count)
        {
            _actsOf.Add(0);
        }

        _actsOf[_last.OfAct - 1]++;
        return _last;
    }
}

/// <summary>One process between its start and its death.</summary>
public sealed class Lifetime(Fate fate)
{
    /// <summary>Whether it has died.</summary>
    public bool IsDead { get; private set; }

    public void MustLive()
    {
        if (IsDead)
        {
            throw new CrashException();
        }
    }

    /// <summary>Takes a step that others can see.</summary>
    public async Task<T> Step<T>(Func<Task<T>> step)
    {
        MustLive();
        var death = fate.Next();
        if (death == Death.Before)
        {
            Die();
        }

        var taken = Taken(step);
        await ((Task)taken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (death == Death.After)
        {
            Die();
        }

        return await taken;
    }

    /// <summary>A refusal that is thrown is one that comes back, too.</summary>
    private static async Task<T> Taken<T>(Func<Task<T>> step) => await step();

    private void Die()
    {
        IsDead = true;
        MustLive();
    }
}
