package io.allium.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: the global options and where output goes. */
@Command(mixinStandardHelpOptions = true)
abstract class AlliumCommand implements Callable<Integer> {
  /** What the program as a whole gives to a command: it is the user object of the root. */
  interface Context {
    Globals globals();

    Output output();

    Stop stop();
  }

  @Spec
  @Nullable
  CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    Context program = (Context) spec.root().userObject();
    Output out = program.output();
    for (CommandSpec mixin : spec.mixins().values()) {
      if (mixin.userObject() instanceof Checked options) {
        options.check(out);
      }
    }
    return run(program.globals(), out, program.stop());
  }

  abstract int run(Globals globals, Output out, Stop stop) throws Exception;
}
