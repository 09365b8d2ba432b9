namespace Cohesion.Workflows.Web;

/// <summary>Pages of one stage that another stage's page links to.</summary>
public static class AskPages
{
    /// <summary>The named form that asks for a coach, apart from the anonymous survey.</summary>
    public const string Coach = "coach";
}
