using Cohesion.Workflows.Calendars;
using Cohesion.Workflows.Cycles;
using Cohesion.Workflows.Post;
using Cohesion.Workflows.Records;
using Cohesion.Workflows.Stages.SurveyCollection.Sealing;
using Cohesion.Workflows.Walking;
using Cohesion.Workflows.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Cohesion.Workflows.Testing;

/// <summary>What outlives a process.</summary>
public sealed record Ports(
    IRecordStore Records, IRoundKeys Keys, IMailSender Mail, IBell Bell, IIdSource Ids, IClock Clock, ILoggerProvider Log)
{
    public MailQuota Quota { get; init; } = MailQuota.None;

    /// <summary>Whether the mail provider tells later what became of a mail.</summary>
    public bool HasStatuses { get; init; }

    /// <summary>Null where mail carries the sessions.</summary>
    public ICalendarService? Calendar { get; init; }
}

/// <summary>One process of the product: every object in it is gone when it dies.</summary>
public sealed class Incarnation : IDisposable
{
    /// <summary>Every process signs alike.</summary>
    public static readonly SignedLinks Tokens = new(new byte[32]);

    /// <summary>What a letter needs to be rendered; pages need more, and a host for it.</summary>
    private static readonly ServiceProvider Plain = new ServiceCollection().BuildServiceProvider();

    private readonly ServiceProvider _services;

    public Incarnation(Ports ports)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(ports.Log)).AddWorkflows();
        services.AddSingleton(ports.Records).AddSingleton(ports.Keys).AddSingleton(ports.Mail);
        services.AddSingleton(ports.Quota);
        if (ports.HasStatuses)
        {
            services.AddSingleton((IDeliveryStatus)ports.Mail);
        }

        if (ports.Calendar is { } calendar)
        {
            services.AddSingleton(calendar);
        }

        services.AddSingleton(ports.Bell).AddSingleton(ports.Ids).AddSingleton(ports.Clock);
        services.AddSingleton(Tokens).AddSingleton(new PublicAddress(new Uri("https://cohesion.example.test"))).AddSingleton(Townsfolk.Programmes);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LetterDesk>(provider, Plain.GetRequiredService<IServiceScopeFactory>()));
        KeyLetters(services);
        _services = services.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.Dispose();

    private static void KeyLetters(ServiceCollection services)
    {
        foreach (var writer in services.Where(service => service.ServiceType == typeof(ILetterWriter)).ToList())
        {
            services.Remove(writer);
            services.AddSingleton<ILetterWriter>(provider =>
                new KeyedLetters((ILetterWriter)ActivatorUtilities.CreateInstance(provider, writer.ImplementationType!)));
        }
    }
}

/// <summary>Keeps what the product logs as an error.</summary>
public sealed class ErrorLog : ILoggerProvider, ILogger
{
    private readonly List<(string Error, Exception? Exception)> _errors = [];

    public IEnumerable<string> Errors => _errors.Select(error => $"{error.Error} {error.Exception}");

    public void Add(string error) => _errors.Add((error, null));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    /// <summary>A turn that dies with its process logs that too; there is nothing wrong in that.</summary>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not CrashException)
        {
            _errors.Add((formatter(state, exception), exception));
        }
    }

    public void Dispose()
    {
        // It outlives the processes that log to it.
    }
}
