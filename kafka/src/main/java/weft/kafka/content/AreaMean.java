package weft.kafka.content;

import java.util.Arrays;

/// Scales pictures by the mean of the area that each new pixel covers; in whole numbers, so that every machine gets
/// the same.
final class AreaMean {
    private AreaMean() {}

    /// The samples of a picture in another size.
    ///
    /// @param source row by row, channels last
    /// @return rounded half up; `source` itself where the size stays
    static byte[] scale(byte[] source, int width, int height, int channels, int newWidth, int newHeight) {
        if (width == newWidth && height == newHeight) {
            return source;
        }
        byte[] target = new byte[newWidth * newHeight * channels];
        long[] sums = new long[channels];
        long area = (long) width * height;
        int next = 0;
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                Arrays.fill(sums, 0);
                // In units of which an old pixel has newWidth x newHeight, and a new one width x height.
                long top = (long) y * height;
                long left = (long) x * width;
                for (long row = top / newHeight; row * newHeight < top + height; row++) {
                    long high = overlap(row * newHeight, newHeight, top, height);
                    for (long column = left / newWidth; column * newWidth < left + width; column++) {
                        long weight = high * overlap(column * newWidth, newWidth, left, width);
                        int from = (int) (row * width + column) * channels;
                        for (int c = 0; c < channels; c++) {
                            sums[c] += weight * (source[from + c] & 0xFF);
                        }
                    }
                }
                for (long sum : sums) {
                    target[next++] = (byte) ((sum + area / 2) / area);
                }
            }
        }
        return target;
    }

    private static long overlap(long start, long length, long otherStart, long otherLength) {
        return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
    }
}
