package weft.core.memory;

import java.util.Arrays;

/// Bytes that are appended at the end and given up at the front. Each stays at its position as long as it is kept.
///
/// They lie in pieces of 64 KiB, which are taken as the log grows; the last piece that became free is used again.
final class ByteLog {
    static final int PIECE_BYTES = 1 << 16;

    private static final byte[] NONE = {};

    /// The piece of a position is at (position / piece's bytes) modulo the length, which is a power of two.
    private byte[][] pieces = {NONE, NONE};

    private byte[] spare = NONE;
    private long front;
    private long end;

    /// The position of the first byte that is kept.
    long front() {
        return front;
    }

    /// The position of the next byte that is appended.
    long end() {
        return end;
    }

    void append(byte[] bytes, int length) {
        long needed = number(end + length) - number(front) + 1;
        while (needed > pieces.length) {
            grow();
        }
        for (long piece = number(end); piece <= number(end + length); piece++) {
            if (pieces[slot(piece)].length == 0) {
                pieces[slot(piece)] = spare.length == 0 ? new byte[PIECE_BYTES] : spare;
                spare = NONE;
            }
        }
        end += length;
        write(end - length, bytes, length);
    }

    /// Gives up everything before a position.
    void giveUpBefore(long position) {
        for (long piece = number(front); piece < number(position); piece++) {
            release(piece);
        }
        front = position;
    }

    /// Gives up everything from a position on.
    void giveUpFrom(long position) {
        for (long piece = number(position) + 1; piece <= number(end); piece++) {
            release(piece);
        }
        end = position;
    }

    /// Overwrites bytes that are kept.
    void write(long position, byte[] source, int length) {
        for (int done = 0; done < length; ) {
            int at = offset(position + done);
            int n = Math.min(length - done, PIECE_BYTES - at);
            System.arraycopy(source, done, piece(position + done), at, n);
            done += n;
        }
    }

    /// Copies bytes that are kept.
    byte[] read(long position, int length) {
        byte[] target = new byte[length];
        for (int done = 0; done < length; ) {
            int at = offset(position + done);
            int n = Math.min(length - done, PIECE_BYTES - at);
            System.arraycopy(piece(position + done), at, target, done, n);
            done += n;
        }
        return target;
    }

    /// Four bytes that are kept, the lowest first.
    int int32(long position, int index) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            long at = position + (long) index * Integer.BYTES + i;
            value |= (piece(at)[offset(at)] & 0xFF) << (8 * i);
        }
        return value;
    }

    /// Whether the bytes from a position on are these.
    boolean holds(long position, byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            int at = offset(position + done);
            int n = Math.min(bytes.length - done, PIECE_BYTES - at);
            if (!Arrays.equals(piece(position + done), at, at + n, bytes, done, done + n)) {
                return false;
            }
            done += n;
        }
        return true;
    }

    /// Memory that is taken for pieces.
    long bytesTaken() {
        long taken = spare.length;
        for (byte[] piece : pieces) {
            taken += piece.length;
        }
        return taken;
    }

    private void release(long piece) {
        spare = pieces[slot(piece)];
        pieces[slot(piece)] = NONE;
    }

    private void grow() {
        byte[][] before = pieces;
        pieces = new byte[2 * before.length][];
        Arrays.fill(pieces, NONE);
        for (long piece = number(front); piece <= number(end); piece++) {
            pieces[slot(piece)] = before[(int) (piece & (before.length - 1))];
        }
    }

    private byte[] piece(long position) {
        return pieces[slot(number(position))];
    }

    private int slot(long piece) {
        return (int) (piece & (pieces.length - 1));
    }

    private static long number(long position) {
        return position / PIECE_BYTES;
    }

    private static int offset(long position) {
        return (int) (position % PIECE_BYTES);
    }
}
