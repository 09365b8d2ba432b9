namespace Cohesion.Workflows.Previews;

/// <summary>How people are taken to answer in a preview.</summary>
public enum Course
{
    /// <summary>As in the demo: most answer, half of them only when reminded.</summary>
    Typical,

    /// <summary>Everybody answers within the hour.</summary>
    AtOnce,

    /// <summary>Nobody answers anything.</summary>
    Silent,
}
