;; Source of the bytes in scan-kernel.ts: wat2wasm --enable-simd scan-kernel.wat (wabt 1.0).
;; Two loops over memory that JavaScript runs several times slower: counting newlines, and looking words up in a table.
(module
  (import "scan" "memory" (memory 1))

  ;; Newlines in [from, to).
  (func (export "newlines") (param $from i32) (param $to i32) (result i32)
    (local $total i32) (local $sums v128) (local $rounds i32) (local $newline v128) (local $wide v128)
    (local.set $newline (i8x16.splat (i32.const 10)))
    (block $done
      (loop $round
        (br_if $done (i32.gt_u (i32.add (local.get $from) (i32.const 16)) (local.get $to)))
        (local.set $sums (v128.const i64x2 0 0))
        (local.set $rounds (i32.const 255)) ;; a byte-wise sum overflows after 255 rounds
        (block $flush
          (loop $inner
            (br_if $flush (i32.gt_u (i32.add (local.get $from) (i32.const 16)) (local.get $to)))
            (local.set $sums (i8x16.sub (local.get $sums) (i8x16.eq (v128.load (local.get $from)) (local.get $newline))))
            (local.set $from (i32.add (local.get $from) (i32.const 16)))
            (local.set $rounds (i32.sub (local.get $rounds) (i32.const 1)))
            (br_if $inner (local.get $rounds))))
        (local.set $wide (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $sums))))
        (local.set $total (i32.add (local.get $total)
          (i32.add (i32.add (i32x4.extract_lane 0 (local.get $wide)) (i32x4.extract_lane 1 (local.get $wide)))
                   (i32.add (i32x4.extract_lane 2 (local.get $wide)) (i32x4.extract_lane 3 (local.get $wide))))))
        (br $round)))
    (block $end
      (loop $tail
        (br_if $end (i32.ge_u (local.get $from) (local.get $to)))
        (local.set $total (i32.add (local.get $total) (i32.eq (i32.load8_u (local.get $from)) (i32.const 10))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $tail)))
    (local.get $total))

  ;; The first word, from $from in steps of four bytes, that lies in a window of seven bytes the tables know; $to when there
  ;; is none. The table at address 0 has for each upper 19 bits of word * 0x9e3779b1 a mask of the places (0 to 3) that a word
  ;; with this hash has in a window; the one behind it tells by both words of the window, its first and its last four bytes.
  (func (export "find") (param $from i32) (param $to i32) (result i32)
    (local $end i32)
    (block $done
      (loop $next
        (br_if $done (i32.gt_u (i32.add (local.get $from) (i32.const 16)) (local.get $to)))
        (if
          (i32.or
            (i32.or
              (i32.load8_u (i32.shr_u (i32.mul (i32.load (local.get $from)) (i32.const 0x9e3779b1)) (i32.const 13)))
              (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=4 (local.get $from)) (i32.const 0x9e3779b1)) (i32.const 13))))
            (i32.or
              (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=8 (local.get $from)) (i32.const 0x9e3779b1)) (i32.const 13)))
              (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=12 (local.get $from)) (i32.const 0x9e3779b1)) (i32.const 13)))))
          (then
            (local.set $end (i32.add (local.get $from) (i32.const 16)))
            (loop $word
              (if (call $inWindow (local.get $from)) (then (return (local.get $from))))
              (local.set $from (i32.add (local.get $from) (i32.const 4)))
              (br_if $word (i32.lt_u (local.get $from) (local.get $end)))))
          (else (local.set $from (i32.add (local.get $from) (i32.const 16)))))
        (br $next)))
    (loop $rest
      (if (i32.le_u (i32.add (local.get $from) (i32.const 4)) (local.get $to))
        (then
          (if (call $inWindow (local.get $from)) (then (return (local.get $from))))
          (local.set $from (i32.add (local.get $from) (i32.const 4)))
          (br $rest))))
    (local.get $to))

  (func $inWindow (param $at i32) (result i32)
    (local $places i32) (local $start i32)
    (local.set $places
      (i32.load8_u (i32.shr_u (i32.mul (i32.load (local.get $at)) (i32.const 0x9e3779b1)) (i32.const 13))))
    (block $none
      (loop $place
        (br_if $none (i32.eqz (local.get $places)))
        (local.set $start (i32.sub (local.get $at) (i32.ctz (local.get $places))))
        (if (i32.load8_u offset=524288
              (i32.shr_u
                (i32.add
                  (i32.mul (i32.load (local.get $start)) (i32.const 0x9e3779b1))
                  (i32.mul (i32.load offset=3 (local.get $start)) (i32.const 0x85ebca6b)))
                (i32.const 13)))
          (then (return (i32.const 1))))
        (local.set $places (i32.and (local.get $places) (i32.sub (local.get $places) (i32.const 1))))
        (br $place)))
    (i32.const 0)))
