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

/// <summary>
/// Numbers what processes do to the world outside them (transactions, round keys, mails), one number after another through all
/// their lives, and says at which of those steps one dies.
/// </summary>
public sealed class Fate(Func<int, Death> deaths)
{
    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    public static Fate Kind() => new(_ => Death.No);

    /// <summary>Dies once, at one step.</summary>
    public static Fate DiesAt(int step, Death death) => new(now => now == step ? death : Death.No);

    public Death Next() => deaths(++Steps);
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
