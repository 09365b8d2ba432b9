namespace Cohesion.Workflows.Web;

/// <summary>How lists of people are ordered: by the last word of the name, which is the family's with most, then by the whole of it.</summary>
internal static class NameOrder
{
    private static readonly StringComparer Names = StringComparer.InvariantCultureIgnoreCase;

    public static IOrderedEnumerable<T> OrderByName<T>(this IEnumerable<T> people, Func<T, string> name) => people.OrderBy(one => Family(name(one)), Names).ThenBy(name, Names);

    public static IOrderedEnumerable<T> ThenByName<T>(this IOrderedEnumerable<T> people, Func<T, string> name) =>
        people.ThenBy(one => Family(name(one)), Names).ThenBy(name, Names);

    /// <summary>What stands behind a comma is no name: "Ada Wong, MD".</summary>
    private static string Family(string name) => name.Split(',')[0].Trim().Split(' ')[^1];
}
