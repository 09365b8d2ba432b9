using System.Globalization;
using Cohesion.Workflows.Planning;
using Cohesion.Workflows.Post.Viewer;
using NodaTime.Text;

namespace Cohesion.Workflows.LocalHost.Demo;

/// <summary>The mails as they went out, a line each; those of one moment with one subject are one line.</summary>
internal sealed class MailStream(int longest)
{
    private const int NameWidth = 24;

    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("d MMM HH:mm");
    private static readonly CommunityDays Days = new("America/Vancouver");

    private readonly Lock _lock = new();
    private readonly Queue<Group> _groups = new();

    public void Add(ViewedMail mail)
    {
        lock (_lock)
        {
            var group = _groups.LastOrDefault(one => one.First.At == mail.At && one.First.Mail.Subject == mail.Mail.Subject);
            if (group is null)
            {
                _groups.Enqueue(group = new Group(mail));
            }

            group.Mails++;
            while (_groups.Count > longest)
            {
                _groups.Dequeue();
            }
        }
    }

    /// <summary>The newest lines, the newest last.</summary>
    public IReadOnlyList<string> Newest(int lines)
    {
        lock (_lock)
        {
            return [.. _groups.TakeLast(lines).Select(group => LineOf(group.First, group.Mails))];
        }
    }

    /// <summary>"13 Apr 09:00  Ada Wong                Marten Crossing: will you come?"; several mails say "12 people" for the name.</summary>
    public static string LineOf(ViewedMail mail, int mails = 1)
    {
        var who = mails == 1 ? mail.Mail.Name : string.Create(CultureInfo.InvariantCulture, $"{mails} people");
        var space = new string(' ', Math.Max(1, NameWidth - new StringInfo(who).LengthInTextElements));
        return $"{Minute.Format(Days.LocalTimeOf(mail.At)),12}  {who}{space}{mail.Mail.Subject}";
    }

    private sealed class Group(ViewedMail first)
    {
        public ViewedMail First { get; } = first;

        public int Mails { get; set; }
    }
}
