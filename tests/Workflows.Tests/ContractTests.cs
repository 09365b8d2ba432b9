using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Cohesion.Workflows.Coordinators;
using Cohesion.Workflows.Coordinators.Access;
using Cohesion.Workflows.Coordinators.Today;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Programmes;
using Cohesion.Workflows.Testing;
using Cohesion.Workflows.Walking;

namespace Cohesion.Workflows.Tests;

/// <summary>
/// The names that stored cycles and sent messages hold: functions/Workflows/contract.txt. Lines are added at the end and never
/// taken out; one that the code knows no more ends with " retired", and its name is not used again.
/// </summary>
public sealed class ContractTests
{
    private const string Retired = " retired";

    // What is a contract already. With each release: the number of lines, and the hash that the failing test tells.
    private const int ReleasedLines = 65;
    private const string ReleasedHash = "94b446dff1c092ef12aa287a9883ab42a392ebf8fd3ad8518f84a58ee3d3aad2";

    private static readonly string[] Listed = Repository.Lines("functions/Workflows/contract.txt");

    [Fact]
    public void Every_name_that_the_code_and_the_shipped_programmes_use_is_listed() =>
        Used().Except(Listed).ShouldBeEmpty("Add them at the end of contract.txt.");

    [Fact]
    public void Every_listed_name_is_known_to_the_code_or_retired() =>
        Listed.Where(line => !line.EndsWith(Retired, StringComparison.Ordinal)).Except(Used())
            .ShouldBeEmpty("Stored cycles may hold them: bring them back, or end their lines with \" retired\".");

    [Fact]
    public void No_name_stands_twice_and_a_retired_one_does_not_come_back() =>
        Listed.Select(Name).ShouldBeUnique();

    [Fact]
    public void What_was_released_stays_as_it_was() =>
        HashOf(Listed.Take(ReleasedLines).Select(Name)).ShouldBe(ReleasedHash, "Add lines at the end only.");

    [Fact]
    public void Names_can_be_parts_of_a_message_key() =>
        Listed.Select(Name).SelectMany(line => line.Split(' ')).Where(part => !IdText.IsId(part)).ShouldBeEmpty();

    [Fact]
    public void Every_fact_can_be_written_and_read() =>
        typeof(Fact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Fact)) && !type.IsAbstract)
            .ShouldBe(Facts().Select(fact => fact.DerivedType), ignoreOrder: true);

    private static string Name(string line) => line.EndsWith(Retired, StringComparison.Ordinal) ? line[..^Retired.Length] : line;

    private static string HashOf(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    private static IReadOnlyList<string> Used() =>
    [
        .. CommunityCycle.Stages.Select(stage => $"stage {stage.Id}"),
        .. CommunityCycle.Stages.SelectMany(stage => stage.Plan.Kinds.Select(kind => $"kind {stage.Id} {kind}")),
        $"kind - {SignIn.MessageKind}",
        $"kind - {AccountsForm.Invitation}",
        $"kind - {MorningMail.MessageKind}",
        $"kind - {Turn.Parked}",
        $"kind - {Refusals.Kind}",
        .. RungIds().Distinct().Select(rung => $"rung {rung}"),
        .. Enum.GetValues<Role>().Select(role => $"role {role.Id()}"),
        .. Facts().Select(fact => $"fact {fact.TypeDiscriminator}"),
        .. typeof(Adaptation).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(what => $"adaptation {what.TypeDiscriminator}"),
    ];

    private static IEnumerable<JsonDerivedTypeAttribute> Facts() => typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>();

    private static IEnumerable<string> RungIds() =>
        ProgrammeFiles.Load(Path.Combine(AppContext.BaseDirectory, "Programmes")).All
            .SelectMany(programme => Ladders(programme.Policy))
            .SelectMany(rungs => rungs)
            .Select(rung => rung.Id)
            .Prepend(Rungs.Due)
            .Prepend(Rungs.Ask);

    /// <summary>Every ladder of a policy, however deep it lies.</summary>
    private static IEnumerable<ImmutableList<Rung>> Ladders(object policy) =>
        policy.GetType().GetProperties().Select(property => property.GetValue(policy)).OfType<object>().SelectMany(value => value switch
        {
            ImmutableList<Rung> rungs => [rungs],
            _ when value.GetType().Namespace == typeof(Policy).Namespace => Ladders(value),
            _ => [],
        });
}
