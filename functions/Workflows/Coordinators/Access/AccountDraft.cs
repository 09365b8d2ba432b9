using System.Collections.Immutable;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Web;
using Microsoft.AspNetCore.Http;

namespace Cohesion.Workflows.Coordinators.Access;

/// <summary>What a form says of an account, as typed.</summary>
/// <param name="Name">Whose.</param>
/// <param name="Address">Where their mail goes.</param>
/// <param name="Role">Null where none was chosen.</param>
/// <param name="Programmes">Ids.</param>
/// <param name="Communities">Names, one a line.</param>
public sealed record AccountDraft(string Name, string Address, AccountRole? Role, ImmutableList<string> Programmes, string Communities)
{
    private const int LongestName = 200;

    public static AccountDraft Empty { get; } = new("", "", null, [], "");

    public Scope Scope => new(Programmes, [.. Communities.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);

    public static AccountDraft Of(Account account) => Empty with
    {
        Role = account.Role, Programmes = account.Scope.Programmes, Communities = string.Join('\n', account.Scope.Communities),
    };

    public static AccountDraft Of(IFormCollection form) => new(
        form["name"].ToString().Trim(),
        form["address"].ToString().Trim(),
        AccountRoles.Find(form["role"]),
        [.. form["programme"].OfType<string>()],
        form["communities"].ToString().ReplaceLineEndings("\n"));

    /// <summary>What is wrong with role or scope; null where nothing is.</summary>
    public string? Problem(ProgrammeCatalogue programmes) =>
        Role is null ? AccessTexts.NoRole
        : Programmes.Find(id => programmes.Find(id) is null) is not null ? AccessTexts.NoProgramme
        : Scope.Communities.Find(name => name.Length > LongestName || !Roster.IsReadable(name)) is { } wrong ? Say.Text(AccessTexts.NoCommunity, wrong)
        : null;
}
