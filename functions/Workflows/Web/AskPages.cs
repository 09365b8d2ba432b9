namespace Cohesion.Workflows.Web;

/// <summary>Pages of one stage that another stage's page links to.</summary>
public static class AskPages
{
    /// <summary>The named form that asks for a coach, apart from the anonymous survey.</summary>
    public const string Coach = "coach";

    /// <summary>Where the Division says where the session takes place.</summary>
    public const string Venue = "venue";

    /// <summary>Where a partner says how far their tasks are.</summary>
    public const string Prepare = "prepare";

    /// <summary>A person's own page of a community: all that is asked of them in one place.</summary>
    public const string Own = "mine";

    /// <summary>A coach's tasks in all communities.</summary>
    public const string Board = "board";

    /// <summary>Where anybody registers who has the community's link.</summary>
    public const string Register = "register";

    /// <summary>A person's certificate.</summary>
    public const string Certificate = "certificate";

    /// <summary>What a session achieved.</summary>
    public const string Results = "results";

    /// <summary>The survey, which the check-in page offers.</summary>
    public const string Survey = "survey";
}
