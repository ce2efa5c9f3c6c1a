package weft.producer.dataset;

import java.io.IOException;
import java.nio.file.Path;

/// A place outside this machine that the data set can be had from; `toString` names it for the user.
interface DatasetSource {
    /// Puts the four compressed files into an empty folder, where it may leave other files too.
    void fetchInto(Path folder) throws IOException, InterruptedException;
}
