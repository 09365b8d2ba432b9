using System.Text;
using Cohesion.Workflows.LocalHost.Demo;
using Cohesion.Workflows.Web;

namespace Cohesion.Workflows.LocalHost.Tests.Demo;

/// <summary>The invented communities: their forms could be typed.</summary>
public sealed class DemoWorldTests
{
    private readonly DemoWorld _world = new(seed: 1, DemoWorld.MostCommunities);

    [Fact]
    public void Everybody_has_a_name_and_an_address_that_the_form_takes() =>
        _world.Communities.SelectMany(community => community.Inhabitants).Append(_world.Coordinator).Append(_world.Deputy).Concat(DemoWorld.Partners.Values)
            .Select(person => Roster.Check(person.Name, person.Address)).ShouldAllBe(problem => problem == null);

    [Fact]
    public void Nobody_in_a_community_has_the_name_or_the_minute_of_another()
    {
        foreach (var community in _world.Communities)
        {
            community.Inhabitants.Select(person => person.Name).ShouldBeUnique();
            community.Inhabitants.Select(person => community.HourOf(person.Name)).ShouldBeUnique();
        }
    }

    [Fact]
    public void Every_community_is_in_the_list_once_and_its_name_is_whole()
    {
        _world.Communities.Count.ShouldBe(DemoWorld.MostCommunities);
        _world.Communities.Select(community => community.Name).ShouldBeUnique();
        _world.Communities.ShouldAllBe(community => community.Name.IsNormalized(NormalizationForm.FormC) && Roster.IsReadable(community.Name));
    }

    [Fact]
    public void A_second_session_asks_the_people_of_the_first() =>
        _world.Communities[4].Inhabitants.ShouldBe(_world.Communities[0].Inhabitants);

    [Fact]
    public void Some_share_a_mailbox_and_some_mail_bounces()
    {
        var town = _world.Communities[0].Participants;
        town.Select(person => person.Address).Distinct().Count().ShouldBeInRange(45, 59);
        _world.Communities.SelectMany(community => community.Participants).Count(person => _world.Bounces(person.Address)).ShouldBeGreaterThan(10);
        _world.Bounces(_world.Coordinator.Address).ShouldBeFalse();
    }
}
