using Cohesion.Workflows.Cycles;

namespace Cohesion.Workflows.Testing;

/// <summary>Learns from mails who is behind an id.</summary>
public sealed class NamesOfIds
{
    private readonly Dictionary<PersonId, string> _names = [];

    public void Learn(Delivery mail) => mail.Messages.ForEach(message => _names[message.Person] = mail.Mail.Name);

    /// <summary>A text with people's names in place of their ids.</summary>
    public string In(string text) =>
        _names.Aggregate(text, (read, person) => read.Replace(person.Key.Value, person.Value, StringComparison.Ordinal));
}
