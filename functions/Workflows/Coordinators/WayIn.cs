using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Web;
using NodaTime;

namespace Cohesion.Workflows.Coordinators;

/// <summary>The way in while mail can only be read signed in: a host says it as it starts.</summary>
public sealed class WayIn(AccountList accounts, People people, Links links, IClock clock)
{
    /// <summary>Where the first coordinator sets up, then where they sign in.</summary>
    public async Task<(bool IsSetUp, Uri Link)> Find(CancellationToken cancel = default)
    {
        var now = clock.GetCurrentInstant();
        var manager = (await accounts.Accounts(cancel)).FirstOrDefault(account => account.May(Right.Manage));
        return manager is null ? (false, links.ToSetUp(now)) : (true, links.ToSignIn(await people.Get(manager.Person, cancel), now));
    }

    /// <summary>The same as a line for the terminal or the log.</summary>
    public async Task<string> Say()
    {
        var (isSetUp, link) = await Find();
        return isSetUp ? SignInBy(link.AbsoluteUri) : $"Set up the first coordinator: {link}";
    }

    public static string SignInBy(string link) => $"Sign in (for one hour): {link}";
}
