using IotCard.Client.Rules;
using IotCard.Client.Running;

namespace IotCard.Client.Tests.Running;

public sealed class WarmUpTests
{
    [Fact]
    public void The_made_up_row_takes_the_whole_way_of_a_card()
    {
        var outcome = WarmUp.Run();

        Assert.Equal((OutcomeStatus.Succeeded, "OK", 1), (outcome!.Status, outcome.Code, outcome.Attempts));
    }
}
