package weft.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.evaluation.Findings;
import weft.evaluation.Report;
import weft.evaluation.ReportFormat;
import weft.kafka.service.UserError;

/// Where the report goes beside the terminal.
final class ReportOption {
    @Option(names = "--report", paramLabel = "FILE", description = "Also write the report as JSON")
    private @Nullable Path file;

    /// Refuses a file that could not be written, before the work.
    void check() {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw new UserError("--report " + file + " cannot be written");
        }
    }

    /// Prints the table, and writes the JSON where a file was named.
    void tell(Findings findings) {
        Report report = findings.report();
        System.out.print(ReportFormat.table(report, findings.dataset()));
        if (file != null) {
            try {
                Files.write(file, ReportFormat.json(report));
            } catch (IOException fault) {
                throw new UserError("--report " + file + " cannot be written: " + fault.getMessage(), fault);
            }
        }
    }
}
