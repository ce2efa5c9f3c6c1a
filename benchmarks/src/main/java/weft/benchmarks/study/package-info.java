/// What the learning reaches over several seeds, by the trainers' own code on a log in memory.
@NullMarked
package weft.benchmarks.study;

import org.jspecify.annotations.NullMarked;
