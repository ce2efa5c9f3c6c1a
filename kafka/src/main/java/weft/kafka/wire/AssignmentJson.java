package weft.kafka.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import weft.core.image.Label;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.core.model.ModelName;
import weft.core.model.Standing;

/// Writes the assignments of one image after the other as JSON: what all pipelines have in common is made once an
/// image, and what never changes once. For one thread.
public final class AssignmentJson {
    private static final byte[] CLUSTER = utf8(",\"cluster\":");
    private static final byte[] CLUSTER_NAME = utf8(",\"clusterName\":");
    private static final byte[] SCORE = utf8(",\"score\":");
    private static final byte[] MARGIN = utf8(",\"margin\":");
    private static final byte[] OUTLIER = utf8(",\"outlier\":");
    private static final byte[] GENERATION = utf8(",\"generation\":");
    private static final byte[] TRUE = utf8("true");
    private static final byte[] FALSE = utf8("false");

    private final JsonBytes bytes = new JsonBytes();
    private byte[] head = {};
    private byte[] labelAndSplit = {};
    private byte[] tail = {};
    private final TimeText eventTimeText = new TimeText();
    private final TimeText scoredAtText = new TimeText();

    /// A time as text, made anew where it is another one than before: many images come within a millisecond.
    private static final class TimeText {
        private Instant time = Instant.MIN;
        private String text = "";

        String of(Instant now) {
            if (!now.equals(time)) {
                text = Times.text(now);
                time = now;
            }
            return text;
        }
    }

    /// A pipeline's part of each of its records.
    public static final class Pipeline {
        private final byte[] json;

        /// One that its own run answers.
        public Pipeline(String name) {
            this(name, name.indexOf('@') < 0 ? ModelName.MAIN : name.substring(name.indexOf('@') + 1));
        }

        /// One that this run answers.
        public Pipeline(String name, String run) {
            boolean plain = name.indexOf('@') < 0 && run.equals(ModelName.MAIN);
            json = utf8(
                    ",\"pipeline\":" + quoted(name) + (plain ? "" : ",\"run\":" + quoted(run)) + ",\"modelVersion\":");
        }
    }

    /// The name of a class as it stands in each record.
    public static final class ClusterName {
        private final byte[] json;

        public ClusterName(String name) {
            json = utf8(quoted(name));
        }
    }

    /// Goes on to the next image, of which [#of] writes the assignments; parameters as in [AssignmentEvent].
    public void image(
            String id,
            int epoch,
            Optional<Label> label,
            Split split,
            int partition,
            long offset,
            Instant eventTime,
            Instant scoredAt) {
        bytes.clear();
        head = bytes.text("{\"imageId\":")
                .quotedText(id)
                .text(",\"epoch\":")
                .number(epoch)
                .toBytes();
        bytes.clear();
        if (label.isPresent()) {
            String name = label.get().name();
            OptionalInt index = label.get().index();
            bytes.text(",\"label\":");
            (index.isPresent() ? bytes.number(index.getAsInt()) : bytes.quotedText(name))
                    .text(",\"labelName\":")
                    .quotedText(name);
        }
        labelAndSplit = bytes.text(",\"split\":\"")
                .text(split.id())
                .text("\",\"trainedOn\":")
                .toBytes();
        bytes.clear();
        tail = bytes.text(",\"partition\":")
                .number(partition)
                .text(",\"offset\":")
                .number(offset)
                .text(",\"eventTime\":\"")
                .text(eventTimeText.of(eventTime))
                .text("\",\"scoredAt\":\"")
                .text(scoredAtText.of(scoredAt))
                .text("\"}")
                .toBytes();
    }

    /// The flat JSON object of `assignment.schema.json`.
    ///
    /// @param standing of the image in its cluster, where the snapshot tells it
    /// @param clusterName majority class of the cluster, where it is known
    /// @throws IllegalStateException where score or margin is not finite, which JSON cannot tell
    public byte[] of(
            Pipeline pipeline,
            long modelVersion,
            Assignment assignment,
            Optional<Standing> standing,
            Optional<ClusterName> clusterName,
            boolean trainedOn) {
        if (!Double.isFinite(assignment.score()) || !Double.isFinite(assignment.margin())) {
            throw new IllegalStateException("score and margin must be finite, not " + assignment);
        }
        bytes.clear();
        bytes.raw(head).raw(pipeline.json).number(modelVersion).raw(CLUSTER).number(assignment.cluster());
        if (clusterName.isPresent()) {
            bytes.raw(CLUSTER_NAME).raw(clusterName.get().json);
        }
        bytes.raw(SCORE)
                .text(Float.toString((float) assignment.score()))
                .raw(MARGIN)
                .text(Float.toString((float) assignment.margin()));
        if (standing.isPresent()) {
            bytes.raw(OUTLIER)
                    .share(standing.get().outlier())
                    .raw(GENERATION)
                    .number(standing.get().generation());
        }
        return bytes.raw(labelAndSplit).raw(trainedOn ? TRUE : FALSE).raw(tail).toBytes();
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A buffer that grows and is used again.
    private static final class JsonBytes {
        private byte[] buffer = new byte[512];
        private int length;

        void clear() {
            length = 0;
        }

        JsonBytes raw(byte[] more) {
            room(more.length);
            System.arraycopy(more, 0, buffer, length, more.length);
            length += more.length;
            return this;
        }

        @SuppressWarnings("deprecation") // The one way to copy ASCII without an array for each text.
        JsonBytes text(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) >= 0x80) {
                    return raw(utf8(text));
                }
            }
            room(text.length());
            text.getBytes(0, text.length(), buffer, length);
            length += text.length();
            return this;
        }

        JsonBytes quotedText(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                    return text(quoted(text));
                }
            }
            return text("\"").text(text).text("\"");
        }

        JsonBytes number(long number) {
            if (number < 0) {
                return text(Long.toString(number));
            }
            int digits = 1;
            for (long rest = number / 10; rest > 0; rest /= 10) {
                digits++;
            }
            room(digits);
            length += digits;
            digits(number, digits);
            return this;
        }

        /// A number from 0 to 1, to as many decimals as tell something, as digits are what does not compress: two, from
        /// .9 on four, and from .99 on, where strange is told from stranger, seven.
        JsonBytes share(double share) {
            int decimals = share < 0.9 ? 2 : share < 0.99 ? 4 : 7;
            long scaled = Math.round(share * (decimals == 2 ? 1e2 : decimals == 4 ? 1e4 : 1e7));
            while (decimals > 1 && scaled % 10 == 0) {
                scaled /= 10;
                decimals--;
            }
            if (decimals == 1 && scaled == 10) {
                return text("1.0");
            }
            text("0.");
            room(decimals);
            length += decimals;
            digits(scaled, decimals);
            return this;
        }

        /// Ends here, with leading zeros.
        private void digits(long number, int digits) {
            long rest = number;
            for (int i = 1; i <= digits; i++) {
                buffer[length - i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }

        private void room(int more) {
            if (length + more > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(length + more, 2 * buffer.length));
            }
        }

        byte[] toBytes() {
            return Arrays.copyOf(buffer, length);
        }
    }
}
