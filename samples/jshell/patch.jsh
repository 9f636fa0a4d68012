// Patches a cluster from a JShell prompt or script:
//   jshell --class-path "$CP" -R-Dspec=orders.yaml -R-Dto=17.11 -R-Ddir=. samples/jshell/patch.jsh
// where CP holds gds-database-core, gds-engine-postgres and their dependencies.
import io.gds.database.*;
import io.gds.database.core.*;
import io.gds.database.plan.*;
import io.gds.database.run.*;
import java.nio.file.Path;
import java.time.Duration;
import static io.gds.database.plan.Strategy.canary;

var dir = Path.of(System.getProperty("dir", "."));
var orders = Engines.open(Path.of(System.getProperty("spec")));
var journal = Journal.sqlite(dir.resolve("runs.db"));
var patcher = RollingPatcher.create(journal);
var plan = patcher.plan(orders, PatchRequest.to(System.getProperty("to")).strategy(canary(1).soak(Duration.ofSeconds(5))));
System.out.println(plan.asRunbook());
var outcome = patcher.execute(plan, RunListener.printing(System.out));
System.out.println(outcome.status() + " " + outcome.summary());
Reports.writeHtml(patcher.runs().find(outcome.run()).get().record(), dir.resolve("report.html"));
patcher.close(); journal.close(); orders.close();
/exit
