//! Where labels go, so that none covers another: along a line, or beside points.

/// A box on the canvas, in pixels; y grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether two boxes share more than an edge.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && other.right <= self.right && other.bottom <= self.bottom
    }
}

/// Moves labels along a line as little as needed, so that they keep their order, stand apart and stay between `low` and `high`.
///
/// Each label is a wished-for center and a length (with the space around it); the centers come back in the order given. Labels that want
/// the same place form a block around their mean wish, blocks that touch become one, and a block that would stick out is
/// pushed in. Where there is no room for all of them the later ones stick out: the caller draws fewer.
pub(super) fn spread(labels: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    struct Block {
        members: Vec<usize>,
        start: f64,
        length: f64,
    }
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels[*a].0.total_cmp(&labels[*b].0));
    let settle = |members: &[usize]| {
        let length: f64 = members.iter().map(|index| labels[*index].1).sum();
        let mut offset = 0.0;
        let mut wish = 0.0;
        for index in members {
            let (center, length) = labels[*index];
            wish += center - offset - length / 2.0;
            offset += length;
        }
        let start = (wish / members.len() as f64).min(high - length).max(low);
        (start, length)
    };
    let mut blocks: Vec<Block> = Vec::new();
    for index in order {
        let mut members = vec![index];
        let (mut start, mut length) = settle(&members);
        while let Some(before) = blocks.pop_if(|before| before.start + before.length > start) {
            members = [before.members, members].concat();
            (start, length) = settle(&members);
        }
        blocks.push(Block { members, start, length });
    }
    let mut centers = vec![0.0; labels.len()];
    for block in blocks {
        let mut start = block.start;
        for index in block.members {
            centers[index] = start + labels[index].1 / 2.0;
            start += labels[index].1;
        }
    }
    centers
}

/// A point with the size of the label that wants to stand above it on the right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pin {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Places each label near its point, within `bounds`, where `free` says that nothing else is drawn, clear of the labels
/// before it. A label that fits nowhere gets no place.
pub(super) fn beside(pins: &[Pin], bounds: Area, free: impl Fn(&Area) -> bool) -> Vec<Option<Area>> {
    const STEP: f64 = 12.0;
    let mut offsets: Vec<(i32, i32)> = (-60..=60).flat_map(|right| (-8..=40).map(move |up| (right, up))).collect();
    // Nearest first; a label to the left of its point comes after all the others at that distance.
    offsets.sort_by_key(|(right, up)| (right.abs() + up.abs() + if *right < 0 { 12 } else { 0 }, up.abs(), *right));
    let mut places: Vec<Option<Area>> = Vec::new();
    for pin in pins {
        let place = offsets.iter().find_map(|(right, up)| {
            let left = pin.x + 16.0 + STEP * f64::from(*right);
            let bottom = pin.y - 8.0 - STEP * f64::from(*up);
            let area = Area { left, top: bottom - pin.height, right: left + pin.width, bottom };
            let clear = |dot: &Pin| {
                dot.x < area.left - 10.0
                    || dot.x > area.right + 10.0
                    || dot.y < area.top - 8.0
                    || dot.y > area.bottom + 7.0
            };
            let fits = bounds.holds(&area)
                && free(&area)
                && pins.iter().all(clear)
                && !places.iter().flatten().any(|other| other.overlaps(&area));
            fits.then_some(area)
        });
        places.push(place);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_labels_do_not_overlap_and_stay_inside() {
        let cases: [&[(f64, f64)]; 7] = [
            &[(100.0, 80.0), (110.0, 80.0), (120.0, 80.0), (115.0, 300.0)],
            &[(500.0, 100.0); 5],
            &[(0.0, 100.0), (1000.0, 100.0)],
            &[(-1e9, 100.0), (1e9, 100.0), (990.0, 200.0)],
            &[(300.0, 100.0), (700.0, 100.0)],
            &[(10.0, 400.0), (20.0, 500.0)],
            &[],
        ];
        for labels in cases {
            let centers = spread(labels, 0.0, 1000.0);
            let mut edges: Vec<(f64, f64)> = centers
                .iter()
                .zip(labels)
                .map(|(center, (_, length))| (center - length / 2.0, center + length / 2.0))
                .collect();
            edges.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(edges.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-6), "{labels:?}: {edges:?}");
            assert!(edges.iter().all(|(low, high)| *low >= -1e-6 && *high <= 1000.0 + 1e-6), "{labels:?}: {edges:?}");
        }
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(spread(&[(700.0, 100.0), (300.0, 100.0)], 0.0, 1000.0), [700.0, 300.0]);
    }

    #[test]
    fn labels_beside_points_cover_neither_each_other_nor_the_points() {
        let bounds = Area { left: 0.0, top: 0.0, right: 1000.0, bottom: 600.0 };
        let pins: Vec<Pin> = (0..6)
            .map(|index| Pin { x: 500.0 + f64::from(index / 2) * 5.0, y: 300.0, width: 280.0, height: 32.0 })
            .collect();
        let places: Vec<Area> = beside(&pins, bounds, |_| true).into_iter().flatten().collect();
        assert_eq!(places.len(), pins.len());
        for (index, place) in places.iter().enumerate() {
            assert!(bounds.holds(place));
            assert!(places[..index].iter().all(|other| !other.overlaps(place)), "{places:?}");
        }
    }

    #[test]
    fn a_label_without_any_room_gets_no_place() {
        let bounds = Area { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 };
        let pin = Pin { x: 50.0, y: 50.0, width: 280.0, height: 32.0 };
        assert_eq!(beside(&[pin], bounds, |_| true), [None]);
    }
}
