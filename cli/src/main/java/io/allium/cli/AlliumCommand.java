package io.allium.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: the global options and where output goes. */
@Command(mixinStandardHelpOptions = true)
abstract class AlliumCommand implements Callable<Integer> {
  @Spec
  @Nullable
  CommandSpec spec;

  final Main main() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return (Main) spec.root().userObject();
  }

  @Override
  public final Integer call() throws Exception {
    return run(main().globals, main().output(), main().stop);
  }

  abstract int run(Globals globals, Output out, Stop stop) throws Exception;
}
