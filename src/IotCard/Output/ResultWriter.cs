namespace IotCard.Output;

/// <summary>What a run's results are, and what is said of them. Everything happens on the pipeline thread.</summary>
internal abstract class ResultWriter
{
    /// <summary>Whether an error is to end the pipeline, once the rest of the run is written.</summary>
    internal virtual bool IsEnding => false;

    /// <summary>Writes the next result.</summary>
    /// <returns>False if it is not complete yet.</returns>
    internal abstract bool TryWriteNext();

    /// <summary>Writes what has to be said while the run goes on, if anything.</summary>
    internal virtual void Remark()
    {
    }

    /// <summary>Writes what is said at the end of a run.</summary>
    internal virtual void Complete()
    {
    }

    /// <summary>Shows what is said at the end of a run whose pipeline was stopped: it can no longer be written to.</summary>
    internal virtual void CompleteEarly()
    {
    }

    /// <summary>Writes the error that ends the pipeline.</summary>
    internal virtual void End()
    {
    }
}
