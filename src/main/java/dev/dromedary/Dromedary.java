package dev.dromedary;

import dev.dromedary.cli.AddressCommand;
import dev.dromedary.cli.AlertsCommand;
import dev.dromedary.cli.AuditCommand;
import dev.dromedary.cli.CancelCommand;
import dev.dromedary.cli.CheckCommand;
import dev.dromedary.cli.ClassifyCommand;
import dev.dromedary.cli.DeadCommand;
import dev.dromedary.cli.DeferredCommand;
import dev.dromedary.cli.DemoCommand;
import dev.dromedary.cli.ExplainCommand;
import dev.dromedary.cli.HoldCommand;
import dev.dromedary.cli.HoldsCommand;
import dev.dromedary.cli.LanesCommand;
import dev.dromedary.cli.MessageCommand;
import dev.dromedary.cli.ProviderCommand;
import dev.dromedary.cli.ReactionsCommand;
import dev.dromedary.cli.RehearseCommand;
import dev.dromedary.cli.ReportCommand;
import dev.dromedary.cli.ReputationCommand;
import dev.dromedary.cli.ResumeCommand;
import dev.dromedary.cli.RunCommand;
import dev.dromedary.cli.SendCommand;
import dev.dromedary.cli.StatusCommand;
import dev.dromedary.cli.SuppressCommand;
import dev.dromedary.cli.TopCommand;
import dev.dromedary.cli.WarmUpsCommand;
import dev.dromedary.cli.WarningsCommand;
import dev.dromedary.monitor.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code bin/dromedary COMMAND}. */
@Command(name = "dromedary", mixinStandardHelpOptions = true, version = "dromedary " + Version.TEXT,
        description = "The outbound e-mail layer of a high-volume sender.",
        subcommands = {RunCommand.class, DemoCommand.class, CheckCommand.class, SendCommand.class, StatusCommand.class, TopCommand.class, ExplainCommand.class, MessageCommand.class,
            DeadCommand.class, DeferredCommand.class, LanesCommand.class, HoldCommand.Pause.class, HoldCommand.Drain.class, ResumeCommand.class, HoldsCommand.class, AuditCommand.class, AlertsCommand.class,
            ReactionsCommand.class, RehearseCommand.class, ReportCommand.class, ReputationCommand.class, WarmUpsCommand.class, WarningsCommand.class, SuppressCommand.class, CancelCommand.class, ClassifyCommand.class, ProviderCommand.class, AddressCommand.class})
public final class Dromedary {
    private Dromedary() {
    }

    public static void main(String[] args) {
        int status = new CommandLine(new Dromedary()).execute(args);
        System.exit(status);
    }
}
