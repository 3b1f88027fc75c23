/**
 * Many generated programs given to the referee, for as long as there is time.
 *
 * <p>Knows the generator and the referee, which do not know it; knows nothing of terminals and files.
 */
@NullMarked
package dev.assay.referee.campaign;

import org.jspecify.annotations.NullMarked;
