using System.CommandLine;
using IotCard.Sandbox.Serve;

return await CommandLine.RunAsync(args, new InvocationConfiguration());
