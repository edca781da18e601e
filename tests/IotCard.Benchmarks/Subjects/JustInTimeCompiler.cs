using System.Runtime;

namespace IotCard.Benchmarks.Subjects;

/// <summary>The runtime's compiler, which works in the background.</summary>
internal static class JustInTimeCompiler
{
    // It begins when nothing new was compiled for 100 ms.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>Waits until the compiler has nothing more to do, so that it is not busy with what prepared an iteration.</summary>
    internal static async Task WaitUntilIdleAsync()
    {
        long count;
        do
        {
            count = JitInfo.GetCompiledMethodCount();
            await Task.Delay(Quiet);
        }
        while (JitInfo.GetCompiledMethodCount() != count);
    }
}
