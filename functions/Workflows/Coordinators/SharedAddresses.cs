using Cohesion.Workflows.Records;
using Cohesion.Workflows.Texts;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.Coordinators;

/// <summary>An address at which several names stand: clinics share mailboxes, and spelling mistakes make two of one person.</summary>
/// <param name="Address">As the form confirms it.</param>
/// <param name="Names">Those at it.</param>
/// <param name="IsConfirmed">Whether somebody has said that they are different people.</param>
public sealed record SharedAddress(string Address, IReadOnlyList<string> Names, bool IsConfirmed)
{
    public string Question => Say.Text(KickOffTexts.SharedAddress, Address, Say.Names(Names));
}

/// <summary>Finds the addresses of a form that several people share.</summary>
public static class SharedAddresses
{
    public static IReadOnlyList<SharedAddress> Of(KickOffFields fields) =>
    [
        .. Everybody(fields)
            .Where(person => person.Name.Length > 0 && person.Address.Length > 0)
            .DistinctBy(person => (People.Fold(person.Name), People.Fold(person.Address)))
            .GroupBy(person => People.Fold(person.Address))
            .Where(people => people.Count() > 1)
            .Select(people => new SharedAddress(people.Key, [.. people.Select(person => person.Name)], fields.ConfirmedAsShared.Contains(people.Key))),
    ];

    private static IEnumerable<TypedPerson> Everybody(KickOffFields fields) =>
        new[] { fields.Facilitators, fields.Participants, fields.Reserves }.SelectMany(list => Roster.Read(list).People)
            .Append(new TypedPerson(fields.LeadName, fields.LeadAddress))
            .Append(new TypedPerson(fields.CoachName, fields.CoachAddress))
            .Append(fields.Staff)
            .Concat(fields.Partners.Values);
}
